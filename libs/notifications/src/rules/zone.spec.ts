import { describe, expect, it } from '@jest/globals';
import { zonePartOf } from './zone.js';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

describe('the name of a time', () => {
  it('needs no more than the zone on ordinary days, summer or winter', () => {
    expect(zonePartOf(at('2026-12-01T09:30:00+02:00'), 'Europe/Riga')).toBe('usual');
    expect(zonePartOf(at('2026-07-01T09:30:00+03:00'), 'Europe/Tallinn')).toBe('usual');
  });

  it('says summer or winter in the hour that the clocks show twice', () => {
    expect(zonePartOf(at('2026-10-25T03:30:00+03:00'), 'Europe/Riga')).toBe('summer');
    expect(zonePartOf(at('2026-10-25T03:30:00+02:00'), 'Europe/Riga')).toBe('winter');
    expect(zonePartOf(at('2026-10-25T04:00:00+02:00'), 'Europe/Riga')).toBe('usual');
  });
});
