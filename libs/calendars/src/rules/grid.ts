const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** The grid a calendar has by default, in minutes: the greatest common divisor of its services' lengths, 5 to 60. */
export function gridMinutes(serviceMinutes: readonly number[]): number {
  return Math.min(60, Math.max(5, serviceMinutes.reduce(gcd, 0)));
}
