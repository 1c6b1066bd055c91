import type { PendingAppointment } from '#libs/appointments';
import { formatDateTime, formatTime, hasMessage, type Language, translate, wordsIn } from '#libs/platform';
import { nameOf } from '../appointment/name-of.js';
import { panelPath } from '../appointment/panel-path.js';
import type { Decided } from './decide-many.js';

export interface PendingRowModel {
  id: string;
  /** What the form sends: id and the version that was seen. */
  seen: string;
  href: string;
  patient: string;
  service: string;
  practitioner: string;
  branch: string;
  payer: 'state' | 'paid';
  isPortal: boolean;
  when: string;
  /** Where it would stay if a move is rejected. */
  former: string;
  age: string;
  due: string;
  isLate: boolean;
}

/** Less than this and the row says that it expires soon. */
const soonMinutes = 120;

/** A length of time in the largest unit that fits: minutes, hours or days. */
export function lengthOf(language: Language, minutes: number): string {
  const n = Math.max(0, Math.floor(minutes));
  if (n < 60) return translate(language, 'clinic.length.minutes', { n });
  if (n < 48 * 60) return translate(language, 'clinic.length.hours', { n: Math.floor(n / 60) });
  return translate(language, 'clinic.length.days', { n: Math.floor(n / 1440) });
}

const minutesBetween = (from: Temporal.Instant, to: Temporal.Instant): number => to.since(from).total('minutes');

/** A row of the pending list. */
export function pendingRow(
  row: PendingAppointment,
  now: Temporal.Instant,
  language: Language,
  returnTo: string,
): PendingRowModel {
  const due = row.answerDueAt ?? row.start;
  const left = minutesBetween(now, due);
  const zone = row.timeZone;
  const by = formatDateTime(language, due, zone, 'weekday');
  return {
    id: row.id,
    seen: `${row.id}:${row.version}`,
    href: panelPath(language, row.id, returnTo),
    patient: nameOf(row),
    service: wordsIn(language, row.service.name),
    practitioner: row.practitioner.name,
    branch: row.branch.name,
    payer: row.payer,
    isPortal: row.origin === 'portal',
    when: `${formatDateTime(language, row.start, zone, 'weekday')}–${formatTime(language, row.end, zone)}`,
    former:
      row.former === null ? '' : formatDateTime(language, Temporal.Instant.from(row.former.startsAt), zone, 'weekday'),
    age: lengthOf(language, minutesBetween(row.askedAt, now)),
    due:
      left <= 0
        ? translate(language, 'clinic.pending.overdue')
        : left < soonMinutes
          ? translate(language, 'clinic.pending.soon', { length: lengthOf(language, left), time: by })
          : translate(language, 'clinic.pending.due', { time: by }),
    isLate: left < soonMinutes,
  };
}

/** Answers by somebody else that explain why this one came to nothing; a new wish or time is to be looked at again. */
const answeredBefore = new Set(['confirmed', 'rejected', 'expired', 'cancelled', 'moved', 'move-requested']);

/** Why nothing was done: who was faster with what, else the refusal's own words. */
function whyNot({ refused, now }: Decided, language: Language): string {
  const last = now?.lastStep;
  const isOthers = refused === 'state-changed' || refused === 'wrong-state';
  if (!now || !last || !isOthers || !answeredBefore.has(last.kind)) {
    const words = `moves.refused.${refused}`;
    return translate(language, hasMessage(language, words) ? words : `refusals.${refused}.title`);
  }
  const actor = translate(language, `clinic.actors.${last.actorKind}`);
  return translate(language, `desk.pending.already.${last.kind}`, {
    who: last.actorKind === 'staff' && last.actorName ? last.actorName : actor,
    at: formatDateTime(language, last.at, now.timeZone, 'weekday'),
    time: formatDateTime(language, now.start, now.timeZone, 'weekday'),
  });
}

export interface ResultLine {
  who: string;
  what: string;
  href: string;
  isDone: boolean;
}

/** A line for each request that was answered, and why some were not. */
export function resultLines(
  results: readonly Decided[],
  kind: 'confirm' | 'reject',
  language: Language,
  returnTo: string,
): ResultLine[] {
  return results.map((result) => {
    const { id, refused, now } = result;
    return {
      who: now
        ? `${nameOf(now)}, ${formatDateTime(language, now.start, now.timeZone, 'weekday')}`
        : translate(language, 'clinic.pending.gone'),
      what: refused === null ? translate(language, `clinic.pending.done-${kind}`) : whyNot(result, language),
      href: now ? panelPath(language, id, returnTo) : '',
      isDone: refused === null,
    };
  });
}
