/** The version of the terms in force: the day they began to hold. It changes with their words. */
export const termsVersion = '2026-11-22';
