/** Easter Sunday of the western churches. Source: the anonymous Gregorian computus (Meeus, Astronomical Algorithms). */
export function easterSunday(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.trunc(year / 100);
  const c = year % 100;
  const d = Math.trunc((b - Math.trunc((b + 8) / 25) + 1) / 3);
  const epact = (19 * a + b - Math.trunc(b / 4) - d + 15) % 30;
  const sunday = (32 + 2 * (b % 4) + 2 * Math.trunc(c / 4) - epact - (c % 4)) % 7;
  const late = Math.trunc((a + 11 * epact + 22 * sunday) / 451);
  const days = epact + sunday - 7 * late + 114;
  return new Temporal.PlainDate(year, Math.trunc(days / 31), (days % 31) + 1);
}
