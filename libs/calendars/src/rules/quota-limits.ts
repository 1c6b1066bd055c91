/** What the state pays for in a month; null: no such limit. */
export interface QuotaLimits {
  readonly minutesAMonth: number | null;
  readonly visitsADay: number | null;
  readonly visitsAMonth: number | null;
  readonly centsAMonth: number | null;
}

export interface QuotaMistake {
  path: string;
  code: 'min' | 'max' | 'order' | 'calendars.quotas.no-limit' | 'calendars.quotas.whole-months';
}

const most = { minutesAMonth: 60_000, visitsADay: 500, visitsAMonth: 10_000, centsAMonth: 1_000_000_000 } as const;

/**
 * What is wrong with a quota; nothing when it can be kept. It holds for whole months, because that is what is counted.
 * @param validTo the last day of its last month; null: until further notice
 */
export function quotaMistakes(
  limits: QuotaLimits,
  validFrom: Temporal.PlainDate,
  validTo: Temporal.PlainDate | null,
): QuotaMistake[] {
  const named = Object.entries(most).map(([path, limit]) => ({
    path,
    limit,
    value: limits[path as keyof QuotaLimits],
  }));
  const mistakes: QuotaMistake[] = named.flatMap(({ path, limit, value }): QuotaMistake[] => {
    if (value === null) return [];
    if (!Number.isInteger(value) || value < 0) return [{ path, code: 'min' }];
    return value > limit ? [{ path, code: 'max' }] : [];
  });
  if (named.every(({ value }) => value === null))
    mistakes.push({ path: 'minutesAMonth', code: 'calendars.quotas.no-limit' });
  if (validFrom.day !== 1) mistakes.push({ path: 'validFrom', code: 'calendars.quotas.whole-months' });
  if (validTo !== null && validTo.day !== validTo.daysInMonth)
    mistakes.push({ path: 'validTo', code: 'calendars.quotas.whole-months' });
  if (validTo !== null && Temporal.PlainDate.compare(validTo, validFrom) < 0)
    mistakes.push({ path: 'validTo', code: 'order' });
  return mistakes;
}
