import type { UnclosedDay, UnclosedVisit } from '#libs/appointments';
import { formatDateTime, formatPlainDate, formatTime, type Language, translate, wordsIn } from '#libs/platform';
import { pathTo } from '#libs/web';
import { nameOf } from '../appointment/name-of.js';
import { panelPath } from '../appointment/panel-path.js';
import type { Closed, Closing } from './close-many.js';
import { refusedStep } from './refused-step.js';

/** The list of a day of a branch; without one, of the newest with such visits. @param after the visit that the page before ended with */
export const addressOf = (
  language: Language,
  day: { branchId: string; day: { toString(): string } } | undefined,
  after = '',
): string => {
  const search = new URLSearchParams({
    ...(day && { branch: day.branchId, day: day.day.toString() }),
    ...(after && { after }),
  }).toString();
  return pathTo(language, `/arrivals${search && `?${search}`}`);
};

/** A visit that is over, as a row. */
export function dayEndRow(visit: UnclosedVisit, language: Language, returnTo: string): object {
  const { id, version, start, end, timeZone: zone } = visit;
  const phone = visit.contactPhone ?? '';
  return {
    id,
    seen: `${id}:${version}`,
    href: panelPath(language, id, returnTo),
    patient: nameOf(visit),
    time: `${formatTime(language, start, zone)}–${formatTime(language, end, zone)}`,
    service: wordsIn(language, visit.service.name),
    practitioner: visit.practitioner.name,
    payer: visit.payer,
    isPortal: visit.origin === 'portal',
    phone,
    phoneLink: `tel:${phone}`,
    isProposed: visit.isProposed,
  };
}

/** The days with visits that nobody checked in, each a way to its list. */
export function dayChoices(
  days: readonly UnclosedDay[],
  chosen: UnclosedDay | undefined,
  language: Language,
): { label: string; detail: string; visits: number; href: string; isCurrent: boolean }[] {
  const hasBranches = new Set(days.map(({ branchId }) => branchId)).size > 1;
  return days.map((each) => ({
    label: formatPlainDate(language, each.day, 'weekday'),
    detail: hasBranches ? each.branch : '',
    visits: each.visits,
    href: addressOf(language, each),
    isCurrent: each === chosen,
  }));
}

export interface ClosedLine {
  who: string;
  what: string;
  href: string;
  isDone: boolean;
}

/** A line for each visit, and why some were not noted. */
export function closedLines(
  results: readonly Closed[],
  closing: Closing,
  language: Language,
  returnTo: string,
): ClosedLine[] {
  return results.map(({ id, refused, now }) => ({
    who: now
      ? `${nameOf(now)}, ${formatDateTime(language, now.start, now.timeZone, 'weekday')}`
      : translate(language, 'clinic.appointment.title'),
    what: refused
      ? ((now && refusedStep(refused.refusal, refused.step, now, language)) ??
        translate(language, `refusals.${refused.refusal.code}.title`))
      : translate(language, `desk.end.done-${closing}`),
    href: now ? panelPath(language, id, returnTo) : '',
    isDone: refused === null,
  }));
}
