/** What a referral says, as it was told; checked. */
export interface ReferralDetails {
  /** As it stands on the referral; null where a form was uploaded or staff have seen the paper. */
  number: string | null;
  /** The day of its issue. */
  date: Temporal.PlainDate;
  /** `planned` or `urgent`, or another system's own code. */
  priority: string | null;
  referrer: { name: string; institution: string; phone: string | null; email: string | null };
}

export const priorities = ['planned', 'urgent'] as const;

/** A number however it is typed: the same letters and digits are the same referral. Null: nothing that is a number. */
export function plainNumber(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return plain === '' || plain.length > 80 ? null : plain;
}

/** A country's rule from a day on: within how many days after the issue a visit can be booked; null is no limit. */
export interface ReferralRuleValue {
  validFrom: Temporal.PlainDate;
  bookingDays: number | null;
}

/** The rule in force on a day; none before the first one. */
export function ruleOn(rules: readonly ReferralRuleValue[], day: Temporal.PlainDate): ReferralRuleValue | undefined {
  const { compare } = Temporal.PlainDate;
  return rules
    .filter(({ validFrom }) => compare(validFrom, day) <= 0)
    .sort((a, b) => compare(b.validFrom, a.validFrom))[0];
}

/**
 * The last day on which a visit can be booked with a referral; the visit itself may be later (Latvia: 90 days). Null:
 * the country knows no such day.
 */
export const bookableUntil = (
  issued: Temporal.PlainDate,
  rule: ReferralRuleValue | undefined,
): Temporal.PlainDate | null => (rule?.bookingDays ? issued.add({ days: rule.bookingDays }) : null);

/** Whether a visit can still be booked with it today; the last day is one of them. */
export function isExpired(
  issued: Temporal.PlainDate,
  rules: readonly ReferralRuleValue[],
  today: Temporal.PlainDate,
): boolean {
  const until = bookableUntil(issued, ruleOn(rules, today));
  return until !== null && Temporal.PlainDate.compare(today, until) > 0;
}
