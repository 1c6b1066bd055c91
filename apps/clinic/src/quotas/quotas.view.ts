import type { ClinicQuota, QuotaUse } from '#libs/calendars';
import { formatMoney, formatPlainDate, type Language, translate, wordsIn } from '#libs/platform';
import { pathTo } from '#libs/web';

/** One limit of a quota in a month: how much is used, as a bar and in words. */
export interface Bar {
  label: string;
  /** `38 h of 40 h used`. */
  text: string;
  /** `1 h is being booked now`, or nothing. */
  held: string;
  /** `2 h left`, or that nothing is. */
  left: string;
  value: number;
  max: number;
  isSpent: boolean;
}

export interface QuotaCard {
  href: string;
  practitioner: string;
  service: string;
  valid: string;
  bars: Bar[];
}

/** Minutes as hours and minutes: `38 h`, `37 h 30 min`, `40 min`. */
const hoursIn = (language: Language, minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const n = new Intl.NumberFormat(language).format(hours);
  return [
    ...(hours > 0 || rest === 0 ? [translate(language, 'calendars.quotas.hours', { n })] : []),
    ...(rest > 0 ? [translate(language, 'calendars.quotas.minutes', { n: rest })] : []),
  ].join(' ');
};

const visitsIn = (language: Language, n: number): string => translate(language, 'calendars.quotas.visits', { n });

function bar(
  language: Language,
  key: string,
  [used, held, limit]: readonly [number, number, number],
  amount: (language: Language, n: number) => string,
): Bar {
  const left = Math.max(0, limit - used - held);
  return {
    label: translate(language, `calendars.quotas.${key}`),
    text: translate(language, 'calendars.quotas.used', {
      used: amount(language, used),
      limit: amount(language, limit),
    }),
    held: held > 0 ? translate(language, 'calendars.quotas.held', { held: amount(language, held) }) : '',
    left:
      left > 0
        ? translate(language, 'calendars.quotas.left', { left: amount(language, left) })
        : translate(language, 'calendars.quotas.spent'),
    value: limit === 0 ? 1 : Math.min(limit, used + held),
    max: Math.max(1, limit),
    isSpent: left === 0,
  };
}

/** The limits of a quota in the month that is looked at. */
export function barsOf(use: QuotaUse, language: Language): Bar[] {
  const { booked, held, busiest } = use;
  const bars: Bar[] = [];
  if (use.minutesAMonth !== null)
    bars.push(bar(language, 'hours-a-month', [booked.minutes, held.minutes, use.minutesAMonth], hoursIn));
  if (use.visitsAMonth !== null)
    bars.push(bar(language, 'visits-a-month', [booked.visits, held.visits, use.visitsAMonth], visitsIn));
  if (use.centsAMonth !== null)
    bars.push(bar(language, 'money-a-month', [booked.cents, held.cents, use.centsAMonth], formatMoney));
  if (use.visitsADay !== null) {
    const most = bar(language, 'visits-a-day', [busiest?.visits ?? 0, 0, use.visitsADay], visitsIn);
    const day = busiest && formatPlainDate(language, Temporal.PlainDate.from(busiest.day), 'day-month');
    bars.push({
      ...most,
      text: translate(language, 'calendars.quotas.busiest', { limit: visitsIn(language, use.visitsADay) }),
      left: day
        ? translate(language, 'calendars.quotas.busiest-day', { day, n: busiest?.visits ?? 0 })
        : translate(language, 'calendars.quotas.busiest-none'),
      isSpent: false,
    });
  }
  return bars;
}

const monthIn = (language: Language, day: string): string =>
  formatPlainDate(language, Temporal.PlainDate.from(day), 'month');

/** `March 2027 – December 2027`, or from when on. */
export const validIn = (language: Language, { validFrom, validTo }: ClinicQuota): string =>
  validTo === null
    ? translate(language, 'calendars.quotas.since', { month: monthIn(language, validFrom) })
    : `${monthIn(language, validFrom)} – ${monthIn(language, validTo)}`;

const serviceIn = (language: Language, { service }: ClinicQuota): string =>
  service === null ? translate(language, 'calendars.quotas.all-services') : wordsIn(language, service);

export const quotaCard = (use: QuotaUse, language: Language): QuotaCard => ({
  href: pathTo(language, '/quotas/', use.id),
  practitioner: use.practitioner,
  service: serviceIn(language, use),
  valid: validIn(language, use),
  bars: barsOf(use, language),
});

/** A quota of other months, in one line. */
export const quotaLine = (quota: ClinicQuota, language: Language): object => ({
  href: pathTo(language, '/quotas/', quota.id),
  name: `${quota.practitioner}, ${serviceIn(language, quota)}`,
  valid: validIn(language, quota),
});

/** Months to choose from: a year back, two ahead, and what is kept. */
export function monthChoices(
  today: Temporal.PlainDate,
  kept: readonly string[],
  language: Language,
): { value: string; label: string }[] {
  const months = new Set(kept.filter((each) => /^\d{4}-\d\d$/.test(each)));
  for (let n = -12; n <= 24; n++) months.add(today.toPlainYearMonth().add({ months: n }).toString());
  return [...months].sort().map((value) => ({ value, label: monthIn(language, `${value}-01`) }));
}

/** What is used of a quota, in one line. */
export interface QuotaNote {
  name: string;
  /** Each limit in words. */
  texts: string[];
  isSpent: boolean;
}

/** The quotas of a month beside a calendar or a choice of times. */
export const quotaNotes = (uses: readonly QuotaUse[], language: Language): QuotaNote[] =>
  uses.map((use) => {
    const bars = barsOf(use, language);
    return {
      name: translate(language, 'calendars.quotas.of-day', {
        name: use.practitioner,
        service: serviceIn(language, use),
      }),
      texts: bars.map(({ label, text, left }) => `${label}: ${text}. ${left}`),
      isSpent: bars.some(({ isSpent }) => isSpent),
    };
  });
