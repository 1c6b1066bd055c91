/** Which of a zone's times a wall time belongs to, where its name has to be said. */
export type ZonePart = 'usual' | 'summer' | 'winter';

/**
 * In the hour that the clocks show twice, summer or winter time has to be named (faults.md D2); otherwise the zone's
 * name is enough.
 */
export function zonePartOf(at: Temporal.Instant, zone: string): ZonePart {
  const wall = at.toZonedDateTimeISO(zone).toPlainDateTime();
  const first = wall.toZonedDateTime(zone, { disambiguation: 'earlier' }).toInstant();
  const second = wall.toZonedDateTime(zone, { disambiguation: 'later' }).toInstant();
  if (first.equals(second)) return 'usual';
  return at.equals(first) ? 'summer' : 'winter';
}
