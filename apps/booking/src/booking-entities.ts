import { accessEntities } from '#libs/access';
import { appointmentsEntities } from '#libs/appointments';
import { calendarSyncEntities } from '#libs/calendar-sync';
import { calendarsEntities } from '#libs/calendars';
import { notificationsEntities } from '#libs/notifications';
import { peopleEntities } from '#libs/people';
import type { EntityClass } from '#libs/platform';
import { profilesEntities } from '#libs/profiles';

/** The tables that this app's verbs and queries touch. */
export const bookingEntities: readonly EntityClass[] = [
  ...accessEntities,
  ...peopleEntities,
  ...profilesEntities,
  ...calendarsEntities,
  ...calendarSyncEntities,
  ...appointmentsEntities,
  ...notificationsEntities,
];
