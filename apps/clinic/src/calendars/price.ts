/** Money as it is typed, `45`, `4,27` or `4.27` euros. */
export const pricePattern = /^\d{1,5}(?:[.,]\d{1,2})?$/;

/** Euro cents of what was typed by `pricePattern`. */
export function centsOf(typed: string): number {
  const [euros = '0', cents = ''] = typed.split(/[.,]/);
  return Number(euros) * 100 + Number(cents.padEnd(2, '0'));
}

/** Euro cents as a field shows them: `45` or `4.27`. */
export const typedCents = (cents: number): string =>
  cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
