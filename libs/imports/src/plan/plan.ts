import type { BranchBroughtIn, PractitionerBroughtIn, ServiceBroughtIn } from '#libs/profiles';
import type { CalendarBroughtIn, OfferBroughtIn } from '#libs/calendars';
import type { WeeklyHours } from '#libs/time';

interface Changes<T> {
  added: T[];
  changed: T[];
}

/** What bringing the small kinds in will write. */
export interface Plan {
  branches: Changes<BranchBroughtIn>;
  practitioners: Changes<PractitionerBroughtIn>;
  services: Changes<ServiceBroughtIn>;
  calendars: CalendarBroughtIn[];
  offers: OfferBroughtIn[];
  hours: { calendarId: string; resourceId: string; hours: WeeklyHours[] }[];
  /** Which row became what, for the next time. */
  keys: { kind: 'branch' | 'practitioner' | 'service' | 'calendar'; key: string; id: string }[];
}

export const emptyPlan = (): Plan => ({
  branches: { added: [], changed: [] },
  practitioners: { added: [], changed: [] },
  services: { added: [], changed: [] },
  calendars: [],
  offers: [],
  hours: [],
  keys: [],
});
