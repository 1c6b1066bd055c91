/** Cents as the API writes them: euros. */
export const euros = (cents: number): number => cents / 100;
