import { type StaffActor, mayDo } from '#libs/access';
import { after, type AppointmentView, type HistoryLine, type ToldInWords } from '#libs/appointments';
import type { PatientCard } from '#libs/people';
import { formatDateTime, formatTime, hasMessage, type Language, translate, wordsIn } from '#libs/platform';
import { localDate } from '#libs/time';
import { pathTo } from '#libs/web';

export interface AppointmentModel {
  id: string;
  version: number;
  reference: string;
  status: string;
  payer: 'state' | 'paid';
  isPortal: boolean;
  origin: string;
  patient: {
    name: string;
    personCode: string | null;
    birthDate: string | null;
    phone: string | null;
    phoneLink: string;
    email: string | null;
    language: string;
  };
  when: string;
  until: string;
  zone: string;
  service: string;
  minutes: number;
  priceCents: number;
  practitioner: string;
  branch: string;
  room: string | null;
  reason: string | null;
  /** Answers and referral; null: nothing, or not for them. */
  told: ToldInWords | null;
  answerDue: string;
  former: string;
  cancelReason: string;
  /** Why it has no opening, while it is to come. */
  orphaned: string;
  isLateCancel: boolean;
  created: string;
  history: { at: string; what: string; who: string; why: string }[];
  /** Where the buttons lead. */
  self: string;
  links: { self: string; reject: string; move: string; cancel: string; repeat: string; series: string };
  calendar: string;
  returnTo: string;
  may: { confirm: boolean; reject: boolean; move: boolean; cancel: boolean };
}

/** What led to a step, in words: its kind, the new time of a move, the reason and the note. */
function historyLine(line: HistoryLine, zone: string, language: Language): AppointmentModel['history'][number] {
  const isMove = line.kind === 'moved' || line.kind === 'move-requested';
  const args = {
    from: line.fromStart ? formatDateTime(language, line.fromStart, zone, 'weekday') : '',
    to: formatDateTime(language, line.toStart, zone, 'weekday'),
  };
  const reasonKey = `clinic.reasons.${line.reasonCode}`;
  const why = [
    line.reasonCode && hasMessage(language, reasonKey) ? translate(language, reasonKey) : '',
    line.reasonNote ?? '',
  ];
  return {
    at: formatDateTime(language, line.at, zone, 'short'),
    what: translate(language, `clinic.history.${line.kind}`, isMove ? args : {}),
    who: [translate(language, `clinic.actors.${line.actorKind}`), line.actorName].filter(Boolean).join(', '),
    why: why.filter(Boolean).join(' — '),
  };
}

/** Everything that staff read of one appointment, and what they may do with it. */
export function appointmentModel(
  view: AppointmentView,
  card: PatientCard,
  history: readonly HistoryLine[],
  options: {
    staff: StaffActor;
    reason: string | null;
    told: ToldInWords | null;
    language: Language;
    returnTo: string;
    seriesId: string | null;
  },
): AppointmentModel {
  const { staff, language, returnTo } = options;
  const { timeZone: zone } = view;
  const when = (at: Temporal.Instant): string => formatDateTime(language, at, zone, 'full');
  const record = { practitionerId: view.practitioner.id };
  const decides = mayDo(staff, 'appointments.decide', record);
  const changes = mayDo(staff, 'appointments.change', record);
  const created = history[0];
  const self = pathTo(language, '/appointments/', view.id);
  const back = new URLSearchParams({ returnTo }).toString();
  const link = (action: string): string => `${self}/${action}?${back}`;
  const day = localDate(view.start, zone).toString();
  return {
    id: view.id,
    version: view.version,
    reference: view.reference,
    status: view.status,
    payer: view.payer,
    isPortal: view.origin === 'portal',
    origin: translate(language, `common.origin.${view.origin}`),
    patient: {
      name: `${card.givenName} ${card.familyName}`,
      personCode: card.personCode,
      birthDate: card.birthDate?.toString() ?? null,
      phone: view.contactPhone ?? card.phone,
      phoneLink: `tel:${view.contactPhone ?? card.phone ?? ''}`,
      email: view.contactEmail ?? card.email,
      language: translate(language, `clinic.languages.${view.language}`),
    },
    when: when(view.start),
    until: formatTime(language, view.end, zone),
    zone,
    service: wordsIn(language, view.service.name),
    minutes: view.service.minutes,
    priceCents: view.priceCents,
    practitioner: [wordsIn(language, view.practitioner.title), view.practitioner.name].filter(Boolean).join(' '),
    branch: `${view.branch.name}, ${view.branch.address}, ${view.branch.city}`,
    room: view.branch.room,
    reason: options.reason,
    told: options.told,
    answerDue: view.answerDueAt ? when(view.answerDueAt) : '',
    former: view.former ? when(Temporal.Instant.from(view.former.startsAt)) : '',
    cancelReason: view.cancelReason ? translate(language, `clinic.reasons.${view.cancelReason}`) : '',
    orphaned:
      view.orphanedWhy && after(view.status, 'move') !== null
        ? translate(language, `changes.why.${view.orphanedWhy}`)
        : '',
    isLateCancel: view.lateCancel,
    created: translate(language, 'clinic.appointment.created', {
      at: formatDateTime(language, view.createdAt, zone, 'short'),
      who: [translate(language, `clinic.actors.${view.createdByKind}`), created?.actorName].filter(Boolean).join(', '),
    }),
    history: [...history].reverse().map((line) => historyLine(line, zone, language)),
    self,
    links: {
      self: `${self}?${back}`,
      reject: link('reject'),
      move: link('move'),
      cancel: link('cancel'),
      repeat: pathTo(language, `/series?appointment=${view.id}`),
      series: options.seriesId ? pathTo(language, '/series/', options.seriesId) : '',
    },
    calendar: pathTo(language, `/calendar?branch=${view.branch.id}&day=${day}`),
    returnTo,
    may: {
      confirm: decides && after(view.status, 'confirm') !== null,
      reject: decides && after(view.status, 'reject') !== null,
      move: changes && after(view.status, 'move') !== null,
      cancel: changes && after(view.status, 'cancel') !== null && view.status !== 'pending',
    },
  };
}
