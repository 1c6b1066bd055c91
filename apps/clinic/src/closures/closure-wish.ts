import { closureTimes, type ClosureWish, latestRepeat } from '#libs/calendars';
import type { Interval } from '#libs/time';
import type { ClosureForm } from './closure.form.js';

export interface ClosureMistake {
  field: string;
  code: string;
}

/** The times that a form closes and that are not over by `now`, or what is wrong with it. */
export function timesOfForm(form: ClosureForm, zone: string, now: Temporal.Instant): Interval[] | ClosureMistake {
  const wish = wishOf(form);
  if ('field' in wish) return wish;
  const times = closureTimes(wish, zone);
  if (times.length === 0) return { field: 'ends', code: 'days.closures.no-such-hour' };
  const ahead = times.filter(({ end }) => Temporal.Instant.compare(end, now) > 0);
  return ahead.length > 0 ? ahead : { field: 'from', code: 'past' };
}

function wishOf(form: ClosureForm): ClosureWish | ClosureMistake {
  const { compare } = Temporal.PlainDate;
  const first = Temporal.PlainDate.from(form.from);
  const last = form.to ? Temporal.PlainDate.from(form.to) : first;
  if (compare(last, first) < 0) return { field: 'to', code: 'order' };
  if (compare(last, latestRepeat(first)) > 0) return { field: 'to', code: 'days.closures.too-far' };
  const hours = hoursOf(form, first.equals(last));
  if (hours && 'field' in hours) return hours;
  if (form.repeat === undefined || form.repeat === 'once') return { first, last, hours, repeat: null };
  if (!form.until) return { field: 'until', code: 'required' };
  const until = Temporal.PlainDate.from(form.until);
  if (compare(until, first) < 0) return { field: 'until', code: 'order' };
  if (compare(until, latestRepeat(first)) > 0) return { field: 'until', code: 'days.closures.too-far' };
  return { first, last, hours, repeat: { everyDays: Number(form.repeat), until } };
}

function hoursOf(
  { allDay, starts, ends: typedEnd }: ClosureForm,
  isOneDay: boolean,
): ClosureWish['hours'] | ClosureMistake {
  if (allDay) return null;
  if (!starts) return { field: 'starts', code: 'required' };
  if (!typedEnd) return { field: 'ends', code: 'required' };
  const ends = typedEnd === '00:00' ? '24:00' : typedEnd;
  return isOneDay && ends <= starts ? { field: 'ends', code: 'order' } : { starts, ends };
}
