import { type Country, isWorkingDay } from '#libs/holidays';
import { addWorkingDays, instantAt, localDate } from '#libs/time';

/** How a wish reached the clinic (R3-07). */
export const channels = ['desk', 'phone', 'email', 'portal'] as const;
export type Channel = (typeof channels)[number];

/** Those that staff register and answer by. */
export const staffChannels = ['phone', 'desk', 'email'] as const satisfies readonly Channel[];
export type StaffChannel = (typeof staffChannels)[number];

/** Where the branch is: whose working days and clock count. */
export interface Place {
  country: Country;
  zone: string;
}

/** The desk registers on all working days from nine until five (R3-08). */
const closes = '17:00';

/**
 * The working day that a request counts from (R3-08): the day on which it arrived within nine to five, else the next day
 * whose registration hours it did not miss. So 07:30 of a working day counts from that day, because its hours are the next
 * ones, and nobody who writes early stands behind those who write at noon; 17:00 sharp counts from the next working day,
 * because hours include their start and exclude their end, as everywhere in the portal. A shortened day before a holiday
 * is a whole working day here: it shortens people's work, not the nine-to-five that patients are promised "on all working
 * days". A day that was moved for state institutions counts as its weekday does, as in all terms of working days.
 *
 * The portal registers around the clock, so what is sent there counts from the local day on which it was sent.
 */
export function countsFrom(channel: Channel, receivedAt: Temporal.Instant, place: Place): Temporal.PlainDate {
  const day = localDate(receivedAt, place.zone);
  if (channel === 'portal') return day;
  const isWorking = (each: Temporal.PlainDate): boolean => isWorkingDay(place.country, each);
  const isInTime = Temporal.Instant.compare(receivedAt, instantAt(day, closes, place.zone)) < 0;
  return isWorking(day) && isInTime ? day : addWorkingDays(day, 1, isWorking);
}

/** Within how many working days a written request is answered by e-mail or phone (R4-09). */
const answerWithin = 2;

/**
 * The last day on which a written request is answered in time (R4-09): the second working day after the one that it counts
 * from, which itself does not count. Null for what was said at the desk or by phone: that was answered there and then.
 */
export function answerDueOn(channel: Channel, from: Temporal.PlainDate, country: Country): Temporal.PlainDate | null {
  if (channel === 'desk' || channel === 'phone') return null;
  return addWorkingDays(from, answerWithin, (day) => isWorkingDay(country, day));
}
