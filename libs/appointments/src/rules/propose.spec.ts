import { describe, expect, it } from '@jest/globals';
import { type Candidate, propose, type Wish } from './propose.js';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(`2026-12-${text}:00Z`);
const visit = (start: string) => ({ start: at(start), end: at(start).add({ minutes: 30 }) });
const candidate = (start: string, resourceId = 'doctor', rank: Candidate['rank'] = 0): Candidate => ({
  calendarId: `of ${resourceId}`,
  serviceId: 'service',
  resourceId,
  zone: 'Europe/Riga',
  rank,
  visit: visit(start),
  taken: visit(start),
});
const wish = (id: string, start: string, candidates: Candidate[], patientId = id): Wish => ({
  id,
  patientId,
  visit: visit(start),
  candidates,
});
const starts = (proposed: Candidate[] | undefined): string[] =>
  (proposed ?? []).map((each) => `${each.resourceId} ${each.visit.start.toString().slice(8, 16)}`);
const nobody = new Map<string, never[]>();

describe('a proposed time', () => {
  it('is with the same practitioner, then at the same branch, then in the same city', () => {
    const all = [candidate('02T10:00', 'far', 2), candidate('03T10:00', 'near', 1), candidate('09T10:00')];
    const [first] = propose([wish('a', '02T10:00', all)], { each: 1, busy: nobody }).get('a')!;
    expect(first!.resourceId).toBe('doctor');
    const others = all.filter(({ rank }) => rank > 0);
    expect(starts(propose([wish('a', '02T10:00', others)], { each: 1, busy: nobody }).get('a'))).toEqual([
      'near 03T10:00',
    ]);
  });

  it('is the nearest after the old one; before it only where nothing comes after', () => {
    const all = [candidate('01T10:00'), candidate('05T10:00'), candidate('04T10:00')];
    expect(starts(propose([wish('a', '02T10:00', all)], { each: 1, busy: nobody }).get('a'))).toEqual([
      'doctor 04T10:00',
    ]);
    expect(starts(propose([wish('a', '06T10:00', all)], { each: 1, busy: nobody }).get('a'))).toEqual([
      'doctor 05T10:00',
    ]);
  });

  it('is nobody else’s, and everybody has one before anybody has two', () => {
    const all = [candidate('03T10:00'), candidate('03T11:00'), candidate('04T10:00')];
    const proposed = propose([wish('b', '02T11:00', all), wish('a', '02T10:00', all)], { each: 2, busy: nobody });
    expect(starts(proposed.get('a'))).toEqual(['doctor 03T10:00', 'doctor 04T10:00']);
    expect(starts(proposed.get('b'))).toEqual(['doctor 03T11:00']);
  });

  it('is on another day than the first where there is one', () => {
    const all = [candidate('03T10:00'), candidate('03T10:30'), candidate('04T10:00')];
    expect(starts(propose([wish('a', '02T10:00', all)], { each: 2, busy: nobody }).get('a'))).toEqual([
      'doctor 03T10:00',
      'doctor 04T10:00',
    ]);
    const oneDay = all.slice(0, 2);
    expect(starts(propose([wish('a', '02T10:00', oneDay)], { each: 2, busy: nobody }).get('a'))).toHaveLength(2);
  });

  it('is not where the patient is elsewhere, nor at two places at once', () => {
    const all = [candidate('03T10:00'), candidate('03T10:00', 'other', 1), candidate('04T10:00')];
    const busy = new Map([['p', [visit('03T10:00')]]]);
    const proposed = propose([wish('a', '02T10:00', all, 'p'), wish('b', '02T11:00', all, 'p')], { each: 1, busy });
    expect(starts(proposed.get('a'))).toEqual(['doctor 04T10:00']);
    expect(starts(proposed.get('b'))).toEqual([]);
  });
});
