import type { Found } from '#libs/calendars';
import type { PractitionerProfile } from '#libs/profiles';

/** What there is to say of a room or device that is booked by itself: its name and where it stands. */
export function roomProfile(calendars: readonly Found[]): PractitionerProfile | undefined {
  const first = calendars[0];
  if (!first || first.kind === 'practitioner') return undefined;
  const { id, slug, name, phone } = first.clinic;
  return {
    id: first.practitionerId,
    slug: first.slug,
    givenName: '',
    familyName: first.familyName,
    name: first.familyName,
    title: {},
    languages: [],
    about: {},
    specialties: [],
    clinics: [{ id, slug, name, phone, country: first.branch.timeZone === 'Europe/Tallinn' ? 'EE' : 'LV' }],
  };
}
