import type { Language } from '#libs/platform';
import type { Workplace } from '#libs/profiles';
import { pathTo } from '#libs/web';

/** Where somebody begins who asked for no page: the day, or for the admin of a clinic that nobody sees yet its wizard. */
export function firstPage(language: Language, place: Workplace | undefined): string {
  const isToSetUp = place && !place.isPublished && place.role === 'admin';
  return pathTo(language, isToSetUp ? '/setup' : '/calendar');
}
