import type { InvitationLine, StaffEventLine, StaffLine, StaffRole } from '#libs/access';
import { staffRoles } from '#libs/access';
import { formatDateTime, formatPlainDate, hasMessage, type Language, languages, translate } from '#libs/platform';
import { pathTo } from '#libs/web';

/** Practitioners and branches of the clinic, by what they are chosen from and named by. */
export interface ClinicNames {
  practitioners: readonly { id: string; name: string }[];
  branches: readonly { id: string; name: string }[];
}

const languageNames: Record<Language, string> = { lv: 'Latviešu', et: 'Eesti', en: 'English', ru: 'Русский' };

/** Both countries of the portal keep the same day and the same clock here. */
export const staffZone = 'Europe/Riga';

const day = (language: Language, date: string): string =>
  formatPlainDate(language, Temporal.PlainDate.from(date), 'medium');

const namesOf = (known: readonly { id: string; name: string }[], ids: readonly string[]): string =>
  ids.map((id) => known.find((each) => each.id === id)?.name ?? '–').join(', ');

type Reaching = Pick<StaffLine, 'role' | 'practitionerId' | 'assists' | 'assistsUntil' | 'branchIds'>;

/** Where and for whom somebody works, a line each. */
export function reachLines(
  { role, practitionerId, assists, assistsUntil, branchIds }: Reaching,
  clinic: ClinicNames,
  language: Language,
  today: string,
): string[] {
  const say = (key: string, args = {}): string => translate(language, `staff.${key}`, args);
  const lines: string[] = [];
  if (role === 'practitioner' && practitionerId !== null)
    lines.push(say('is-doctor', { name: namesOf(clinic.practitioners, [practitionerId]) }));
  if (role === 'assistant' && assistsUntil !== null) {
    const key = assistsUntil < today ? 'assists-over' : 'assists-whom';
    lines.push(say(key, { names: namesOf(clinic.practitioners, assists), day: day(language, assistsUntil) }));
  }
  if (branchIds === null) lines.push(say('everywhere'));
  else lines.push(branchIds.length === 0 ? say('no-branch-left') : namesOf(clinic.branches, branchIds));
  return lines;
}

/** Somebody who works or worked here. @param today YYYY-MM-DD; selfId whoever reads it */
export function staffLineModel(
  line: StaffLine,
  clinic: ClinicNames,
  language: Language,
  { today, selfId }: { today: string; selfId: string },
): object {
  const say = (key: string, args = {}): string => translate(language, `staff.${key}`, args);
  return {
    href: pathTo(language, '/staff/', line.id),
    name: line.name,
    email: line.email ?? '',
    isSelf: line.id === selfId,
    role: translate(language, `clinic.roles.${line.role}`),
    reach: reachLines(line, clinic, language, today),
    hasLeft: line.hasLeft,
    end: line.activeTo && say(line.hasLeft ? 'left-on' : 'works-until', { day: day(language, line.activeTo) }),
    hasSecondFactor: line.hasSecondFactor,
    lastSignIn: line.lastSignedInAt
      ? say('last-sign-in', { at: formatDateTime(language, line.lastSignedInAt, staffZone, 'medium') })
      : say('never-signed-in'),
  };
}

/** Somebody who is invited. @param today YYYY-MM-DD */
export function invitationLineModel(
  line: InvitationLine,
  clinic: ClinicNames,
  language: Language,
  today: string,
): object {
  const say = (key: string, args = {}): string => translate(language, `staff.invitations.${key}`, args);
  return {
    name: line.name,
    email: line.email,
    role: line.purpose === 'renew' ? say('renew') : translate(language, `clinic.roles.${line.role}`),
    reach: line.purpose === 'renew' ? [] : reachLines(line, clinic, language, today),
    invitedBy: say('by', { name: line.invitedBy }),
    isOver: line.isOver,
    until: line.isOver
      ? say('over')
      : say('open', { at: formatDateTime(language, line.expiresAt, staffZone, 'medium') }),
    againPath: pathTo(language, `/staff/invitations/${line.id}/again`),
    withdrawPath: pathTo(language, `/staff/invitations/${line.id}/withdraw`),
  };
}

/** What the fields of rights are chosen from. */
export function rightsChoices(clinic: ClinicNames, language: Language): object {
  const choice = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name });
  return {
    roles: staffRoles.map((value) => ({
      value,
      label: translate(language, `clinic.roles.${value}`),
      hint: translate(language, `staff.form.role-hints.${value}`),
    })),
    doctors: [{ value: '', label: translate(language, 'staff.form.choose') }, ...clinic.practitioners.map(choice)],
    practitioners: clinic.practitioners.map(choice),
    branches: clinic.branches.map(choice),
    reaches: (['all', 'some'] as const).map((value) => ({
      value,
      label: translate(language, `staff.form.reach-${value}`),
    })),
  };
}

/** In which language the letter is written; each is called as its speakers call it. */
export const languageChoices = (): object[] => languages.map((value) => ({ value, label: languageNames[value] }));

interface Kept {
  role?: StaffRole;
  practitionerId?: string | null;
  assists?: string[];
  assistsUntil?: string | null;
  branchIds?: string[] | null;
  activeTo?: string | null;
}

/** Who did what to somebody's rights, with what became otherwise. */
export function eventModel(event: StaffEventLine, clinic: ClinicNames, language: Language): object {
  const say = (key: string, args = {}): string => translate(language, `staff.${key}`, args);
  const { from = {}, to = {} } = event.details as { from?: Kept; to?: Kept };
  const nothing = say('changes.nothing');
  const words: [what: string, of: (kept: Kept) => string][] = [
    ['role', ({ role }) => (role ? translate(language, `clinic.roles.${role}`) : nothing)],
    ['doctor', ({ practitionerId }) => (practitionerId ? namesOf(clinic.practitioners, [practitionerId]) : nothing)],
    ['whom', ({ assists }) => (assists?.length ? namesOf(clinic.practitioners, assists) : nothing)],
    ['until', ({ assistsUntil }) => (assistsUntil ? day(language, assistsUntil) : nothing)],
    ['reach', ({ branchIds }) => (branchIds ? namesOf(clinic.branches, branchIds) || nothing : say('everywhere'))],
    ['last-day', ({ activeTo }) => (activeTo ? day(language, activeTo) : nothing)],
  ];
  const changes = words
    .map(([what, of]) => ({ what: say(`changes.${what}`), from: of(from), to: of(to) }))
    .filter((each) => each.from !== each.to)
    .map((each) => say('changes.from-to', each));
  const key = `staff.events.${event.kind}`;
  return {
    at: formatDateTime(language, event.at, staffZone, 'medium'),
    by: event.by,
    what: hasMessage(language, key) ? translate(language, key) : event.kind,
    changes,
  };
}
