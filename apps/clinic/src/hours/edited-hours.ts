import type { CalendarHours, HoursToEdit } from '#libs/calendars';

/** A calendar's hours while they are edited: what is shown, the draft or else what is published, and today there. */
export interface EditedHours extends HoursToEdit {
  today: Temporal.PlainDate;
  shown: CalendarHours;
}

/** The hours without what is over: single days that are past, and weeks that ended. */
export const stillToCome = (hours: CalendarHours, today: Temporal.PlainDate): CalendarHours => ({
  weekly: hours.weekly.filter(({ validTo }) => validTo === null || Temporal.PlainDate.compare(validTo, today) >= 0),
  days: hours.days.filter(({ day }) => Temporal.PlainDate.compare(day, today) >= 0),
});
