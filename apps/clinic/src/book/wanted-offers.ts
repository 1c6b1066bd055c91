import type { ClinicCalendar } from '#libs/calendars';

/** Without accents and case: what people type fast. */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

export interface WantedOffers {
  /** Null: not asked for. Empty: nothing has such a name. */
  serviceIds: string[] | null;
  resourceIds: string[] | null;
}

/**
 * What a few typed letters mean at this clinic: the service of just that name, else services that hold all the words, else
 * whoever is called so.
 */
export function wantedOffers(q: string | undefined, calendars: readonly ClinicCalendar[]): WantedOffers {
  const whole = folded(q ?? '');
  const words = whole.split(/\s+/).filter(Boolean);
  if (words.length === 0) return { serviceIds: null, resourceIds: null };
  const holds = (text: string): boolean => words.every((word) => folded(text).includes(word));
  const exact = new Set<string>();
  const services = new Set<string>();
  const resources = new Set<string>();
  for (const calendar of calendars) {
    if (holds(calendar.name)) resources.add(calendar.resourceId);
    for (const { id, name } of calendar.services) {
      const names = Object.values(name);
      if (names.some((each) => folded(each) === whole)) exact.add(id);
      if (names.some(holds)) services.add(id);
    }
  }
  if (exact.size > 0) return { serviceIds: [...exact], resourceIds: null };
  if (services.size > 0) return { serviceIds: [...services], resourceIds: null };
  return { serviceIds: resources.size > 0 ? null : [], resourceIds: resources.size > 0 ? [...resources] : null };
}
