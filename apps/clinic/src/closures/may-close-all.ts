import { mayDo, type StaffActor } from '#libs/access';
import type { ClinicCalendar } from '#libs/calendars';

/**
 * Whether staff may close everything that a practitioner or a room does at the clinic, as the verbs ask it.
 * @param calendars all of the clinic, also those outside the reader's branches
 */
export function mayCloseAll(calendars: readonly ClinicCalendar[], staff: StaffActor, resourceId: string): boolean {
  const own = calendars.filter((each) => each.resourceId === resourceId);
  const places = own.length === 0 ? [null] : own.map(({ branch }) => branch.id);
  return places.every((branchId) => mayDo(staff, 'closures.edit', { practitionerId: resourceId, branchId }));
}
