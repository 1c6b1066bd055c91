import { describe, expect, it } from '@jest/globals';
import { formOf } from '#libs/web';
import { fieldsOf, hoursOfForm, periodsOf } from './weekly-form.js';

const today = Temporal.PlainDate.from('2026-11-22');
const period = { validFrom: '2026-11-22', everyNthWeek: 1 };
const range = (slot: string, starts?: string, ends?: string) => ({
  slot,
  ...(starts && { starts }),
  ...(ends && { ends }),
});

describe('the form of working hours', () => {
  it('shows again what was kept, a period for each rhythm', () => {
    const hours = [
      {
        weekday: 1,
        starts: '09:00',
        ends: '13:00',
        validFrom: today,
        validTo: null,
        everyNthWeek: 1,
        weekAnchor: today,
      },
      {
        weekday: 1,
        starts: '14:00',
        ends: '24:00',
        validFrom: today,
        validTo: null,
        everyNthWeek: 1,
        weekAnchor: today,
      },
      {
        weekday: 3,
        starts: '09:00',
        ends: '12:00',
        validFrom: today,
        validTo: null,
        everyNthWeek: 2,
        weekAnchor: today,
      },
    ];
    const [weekly, other] = periodsOf(formOf(fieldsOf(hours, today)));
    expect(weekly?.days[0]?.rows.map(({ starts, ends }) => `${starts}-${ends}`)).toEqual([
      '09:00-13:00',
      '14:00-00:00',
      '-',
    ]);
    expect(other?.days[2]?.rows.map(({ starts }) => starts)).toEqual(['09:00', '']);
  });

  it('leaves out rows that nobody filled', () => {
    const { hours, mistakes } = hoursOfForm({
      periods: [period],
      ranges: [range('0|1', '09:00', '12:00'), range('0|2')],
      action: 'save',
    });
    expect(mistakes).toEqual([]);
    expect(hours).toHaveLength(1);
  });

  it('reads midnight as the end of the day', () => {
    const { hours } = hoursOfForm({ periods: [period], ranges: [range('0|1', '20:00', '00:00')], action: 'save' });
    expect(hours[0]?.ends).toBe('24:00');
  });

  it('says which range is half, backwards or on top of another', () => {
    const ranges = [
      range('0|1', '09:00'),
      range('0|2', '12:00', '09:00'),
      range('0|3', '09:00', '12:00'),
      range('0|3', '11:00', '13:00'),
    ];
    expect(hoursOfForm({ periods: [period], ranges, action: 'save' }).mistakes).toEqual([
      { field: 'ranges.0.ends', code: 'required' },
      { field: 'ranges.1.ends', code: 'order' },
      { field: 'ranges.3.starts', code: 'clinic.hours.overlap' },
    ]);
  });
});
