import { after, type AppointmentView } from '#libs/appointments';
import type { ClinicCalendar } from '#libs/calendars';
import { formatDateTime, formatTime, type Language, Refusal, translate, wordsIn } from '#libs/platform';
import { nameOf } from '../appointment/name-of.js';
import { panelPath } from '../appointment/panel-path.js';
import { refusedWords } from '../staff-words.js';
import type { Changed } from './change-several.js';

export interface SeveralRow {
  /** What the form sends: id and the version that was seen. */
  seen: string;
  isChosen: boolean;
  href: string;
  patient: string;
  when: string;
  service: string;
  practitioner: string;
  branch: string;
  payer: 'state' | 'paid';
  status: string;
  isPending: boolean;
}

/** A visit that is about to be changed. */
export function severalRow(
  view: AppointmentView,
  language: Language,
  options: { returnTo: string; chosen: ReadonlySet<string> | null },
): SeveralRow {
  const { id, start, end, timeZone: zone, status } = view;
  return {
    seen: `${id}:${view.version}`,
    isChosen: options.chosen?.has(id) ?? (after(status, 'move') !== null || after(status, 'cancel') !== null),
    href: panelPath(language, id, options.returnTo),
    patient: nameOf(view),
    when: `${formatDateTime(language, start, zone, 'weekday')}–${formatTime(language, end, zone)}`,
    service: wordsIn(language, view.service.name),
    practitioner: view.practitioner.name,
    branch: view.branch.name,
    payer: view.payer,
    status: translate(language, `common.status.${status}`),
    isPending: status === 'pending',
  };
}

/** Whoever has a calendar for the payer of one of them at its branch, in the order of the clinic's list. */
export function practitionersFor(
  views: readonly AppointmentView[],
  calendars: readonly ClinicCalendar[],
): { value: string; label: string }[] {
  const fits = calendars.filter(({ branch, payer, services }) =>
    views.some(
      (view) =>
        view.branch.id === branch.id && view.payer === payer && services.some(({ id }) => id === view.service.id),
    ),
  );
  return [...new Map(fits.map(({ resourceId, name }) => [resourceId, name]))].map(([value, label]) => ({
    value,
    label,
  }));
}

/** What became of one visit, in words. */
export function resultLine({ view, step, refused }: Changed, language: Language): { text: string; isDone: boolean } {
  const who = view ? nameOf(view) : translate(language, 'moves.several.someone');
  if (refused || !view || !step)
    return { text: `${who}: ${refusedWords(language, refused ?? new Refusal('not-found'))}`, isDone: false };
  const args = {
    at: formatDateTime(language, view.start, view.timeZone, 'weekday'),
    practitioner: view.practitioner.name,
  };
  const key = step === 'undo' ? 'moves.undone.one' : `moves.several.done.${step}`;
  return { text: `${who}: ${translate(language, key, step === 'move' ? args : {})}`, isDone: true };
}
