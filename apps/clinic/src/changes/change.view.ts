import type { AskedChange, Decision, ProposedMove, VisitInside } from '#libs/appointments';
import { formatDateTime, formatTime, type Language, translate, wordsIn } from '#libs/platform';
import { type FormState, pathTo } from '#libs/web';
import type { ForAll } from './change.form.js';

/** So many visits are asked about one by one; those beyond are decided together. */
export const visitsListed = 300;

export interface Option {
  value: string;
  label: string;
  hint: string;
  isChosen: boolean;
}

export interface InsideModel {
  id: string;
  field: string;
  href: string;
  patient: string;
  phone: string;
  phoneLink: string;
  hasMail: boolean;
  when: string;
  service: string;
  practitioner: string;
  branch: string;
  payer: 'state' | 'paid';
  isPending: boolean;
  options: Option[];
  hasProposals: boolean;
  error: { code: string } | undefined;
}

const moveValue = ({ calendarId, serviceId, visit }: ProposedMove): string =>
  `move|${calendarId}|${serviceId}|${visit.start.toString()}`;

/** What one of the buttons for all means for a visit: who cannot be moved stays. */
export function choiceFor(all: ForAll, { proposals: [first] }: VisitInside): string {
  if (all !== 'move') return all;
  return first ? moveValue(first) : 'keep';
}

/** A choice as the verb takes it. */
export function decisionOf(choice: string): Decision {
  const [kind, calendarId = '', serviceId = '', start = ''] = choice.split('|');
  if (kind === 'keep' || kind === 'cancel') return kind;
  return { move: { calendarId, serviceId, start: Temporal.Instant.from(start) } };
}

const nearness = { 1: 'same-branch', 2: 'same-city' } as const;

function optionsOf({ proposals, view }: VisitInside, chosen: string, language: Language): Option[] {
  const say = (key: string, args = {}): string => translate(language, `changes.${key}`, args);
  const near = (rank: ProposedMove['rank']): string =>
    say(`near.${rank === 0 ? `same-${view.practitioner.kind}` : nearness[rank]}`);
  const moves = proposals.map((proposal) => ({
    value: moveValue(proposal),
    label: say('choose.move', { when: formatDateTime(language, proposal.visit.start, proposal.zone, 'weekday') }),
    hint: `${near(proposal.rank)}: ${proposal.practitioner}, ${proposal.branch}`,
  }));
  // Somebody chose a time that is no longer among the nearest; it may still be free.
  const [kind, , , start] = chosen.split('|');
  const isGone = kind === 'move' && start !== undefined && !moves.some(({ value }) => value === chosen);
  return [
    ...moves,
    ...(isGone ? [{ value: chosen, label: say('choose.former-move'), hint: '' }] : []),
    { value: 'keep', label: say('choose.keep'), hint: '' },
    { value: 'cancel', label: say('choose.cancel'), hint: '' },
  ].map((option) => ({ ...option, isChosen: option.value === chosen }));
}

/** A visit inside a change, with what may be decided about it. */
export function insideModel(inside: VisitInside, form: FormState, language: Language, returnTo: string): InsideModel {
  const { view, proposals } = inside;
  const { timeZone: zone } = view;
  const field = `visit.${view.id}`;
  const chosen = form.values[field];
  const phone = view.contactPhone ?? '';
  return {
    id: view.id,
    field,
    href: pathTo(language, `/appointments/${view.id}?${new URLSearchParams({ returnTo }).toString()}`),
    patient: `${view.patient.givenName} ${view.patient.familyName}`,
    phone,
    phoneLink: `tel:${phone}`,
    hasMail: view.contactEmail !== null,
    when: `${formatDateTime(language, view.start, zone, 'weekday')}–${formatTime(language, view.end, zone)}`,
    service: wordsIn(language, view.service.name),
    practitioner: view.practitioner.name,
    branch: view.branch.name,
    payer: view.payer,
    isPending: view.status === 'pending',
    options: optionsOf(inside, typeof chosen === 'string' ? chosen : '', language),
    hasProposals: proposals.length > 0,
    error: form.errors[field] ?? form.errors[`decisions.${view.id}`],
  };
}

const startedAt = {
  'publish-hours': '/hours',
  close: '/closures',
  reopen: '/closures',
  'keep-days': '/days',
  'end-service': '/services',
  'end-role': '/setup',
} as const satisfies Record<AskedChange['change']['kind'], string>;

/** The page on which a change was asked for. */
export const backOf = ({ change }: AskedChange, language: Language): string =>
  pathTo(
    language,
    change.kind === 'publish-hours' && change.calendarIds.length === 1 && change.calendarIds[0] !== undefined
      ? `/hours/${change.calendarIds[0]}`
      : startedAt[change.kind],
  );
