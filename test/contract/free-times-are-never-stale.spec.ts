import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCalendar, type Calendar } from '../support/builders.js';
import { openPortal, type Portal } from './portal.js';

const now = '2026-12-01T06:00:00Z';

describe('free times are never stale', () => {
  let portal: Portal;
  let calendar: Calendar;
  const nine = '2026-12-03T07:00:00Z';

  beforeAll(async () => {
    portal = await openPortal(now);
    calendar = await aCalendar(portal.database, {
      gridMinutes: 30,
      open: [['2026-12-03T09:00', '2026-12-03T12:00']],
      now,
    });
  });
  afterAll(() => portal.stop());

  const starts = async (): Promise<string[]> => {
    const path = `/calendars/${calendar.id}/slots?service=${calendar.serviceId}&from=2026-12-03&to=2026-12-03`;
    const { body } = await portal.get(path).expect(200).expect('Content-Type', /json/);
    return (body as { slots: { start: string }[] }).slots.map((slot) => slot.start);
  };

  it('though the same question was answered a moment ago', async () => {
    const all = await starts();
    expect(all).toContain(nine);
    expect(await starts()).toEqual(all);
    const held = await portal.hold(calendar, nine);
    expect(await starts()).toEqual(all.filter((start) => start !== nine));
    await portal.delete(`/holds/${held.id}`).set('X-Hold-Token', held.holdToken);
    expect(await starts()).toEqual(all);
  });

  it('when a hold runs out, before any sweeper comes', async () => {
    await portal.hold(calendar, nine);
    expect(await starts()).not.toContain(nine);
    portal.clock.advance({ minutes: 9, seconds: 59 });
    expect(await starts()).not.toContain(nine);
    portal.clock.advance({ seconds: 1 });
    expect(await starts()).toContain(nine);
  });

  it('when a time comes too near to be booked', async () => {
    portal.clock.set('2026-12-03T05:59:59Z');
    expect(await starts()).toContain(nine);
    portal.clock.set('2026-12-03T06:00:01Z');
    expect(await starts()).not.toContain(nine);
  });
});
