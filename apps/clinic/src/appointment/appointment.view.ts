import { type StaffActor, mayDo } from '#libs/access';
import {
  after,
  type AppointmentView,
  type DeskStep,
  type HistoryLine,
  type ToldInWords,
  undoOf,
} from '#libs/appointments';
import { type Answer, informedHows, type LetterState, type ToldOfStep, type ReminderState } from '#libs/notifications';
import type { PatientCard } from '#libs/people';
import { formatDateTime, formatTime, inFours, type Language, translate, wordsIn } from '#libs/platform';
import { localDate } from '#libs/time';
import { pathTo } from '#libs/web';
import { stepsNow, stepKeys } from '../arrivals/steps-now.js';
import { type AnswerModel, answerModel } from '../notices/answers.view.js';
import { remindersModel, type RemindersModel } from './reminders.view.js';
import { historyLine, type HistoryModel, whoDidIt } from './history.view.js';

export interface AppointmentModel {
  id: string;
  version: number;
  reference: string;
  status: string;
  payer: 'state' | 'paid';
  isPortal: boolean;
  origin: string;
  /** Another practitioner's: time and name only (faults.md F4). */
  isHidden: boolean;
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
  reminders: RemindersModel;
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
  history: HistoryModel[];
  /** What came back about it last, and how many more did; null: nothing, or not for them. */
  answer: { newest: AnswerModel; more: number } | null;
  /** The newest step that the patient has to hear of, for staff to say that they told them; null: none, or not for them. */
  informed: { eventId: string; what: string; hows: { value: string; label: string }[] } | null;
  /** What can be noted of the visit now, the likeliest first. */
  steps: StepButton[];
  /** What can be taken back: `seconds` is how long it still can be, null at any time. */
  undo: { what: string; seconds: number | null } | null;
  /** Where the buttons lead. */
  self: string;
  links: { self: string; reject: string; move: string; room: string; cancel: string; repeat: string; series: string };
  calendar: string;
  returnTo: string;
  may: { confirm: boolean; reject: boolean; move: boolean; room: boolean; cancel: boolean; book: boolean };
}

export interface StepButton {
  step: DeskStep;
  label: string;
  icon: string;
  /** The key that presses it. */
  key: string;
  isFirst: boolean;
}

const stepIcons: Record<DeskStep, string> = {
  arrive: 'door-open',
  admit: 'stethoscope',
  fulfil: 'check',
  miss: 'circle-alert',
};

/** Everything that staff read of one appointment, and what they may do with it. */
export function appointmentModel(
  view: AppointmentView,
  card: PatientCard | null,
  history: readonly HistoryLine[],
  options: {
    staff: StaffActor;
    letters: ReadonlyMap<string, LetterState>;
    everything: ReadonlyMap<string, ToldOfStep>;
    now: Temporal.Instant;
    reason: string | null;
    told: ToldInWords | null;
    language: Language;
    returnTo: string;
    seriesId: string | null;
    reminders: readonly ReminderState[];
    answer: { newest: Answer; count: number } | null;
  },
): AppointmentModel {
  const { staff, language, returnTo, now, letters } = options;
  const { timeZone: zone } = view;
  const when = (at: Temporal.Instant): string => formatDateTime(language, at, zone, 'full');
  const record = { practitionerId: view.practitioner.id, branchId: view.branch.id };
  const decides = mayDo(staff, 'appointments.decide', record);
  const changes = mayDo(staff, 'appointments.change', record);
  const [created] = history;
  const maySteps = mayDo(staff, 'appointments.step', record);
  const steps = maySteps ? stepsNow(view, now) : [];
  const undo = maySteps ? undoOf(view.status, view.lastStep, now) : null;
  const self = pathTo(language, '/appointments/', view.id);
  const back = new URLSearchParams({ returnTo }).toString();
  const link = (action: string): string => `${self}/${action}?${back}`;
  const day = localDate(view.start, zone).toString();
  return {
    id: view.id,
    version: view.version,
    reference: inFours(view.reference),
    status: view.status,
    payer: view.payer,
    isPortal: view.origin === 'portal',
    origin: translate(language, `common.origin.${view.origin}`),
    isHidden: card === null,
    patient: {
      name: `${view.patient.givenName} ${view.patient.familyName}`,
      personCode: card?.personCode ?? null,
      birthDate: card?.birthDate?.toString() ?? null,
      phone: card && (view.contactPhone ?? card.phone),
      phoneLink: `tel:${(card && (view.contactPhone ?? card.phone)) ?? ''}`,
      email: card && (view.contactEmail ?? card.email),
      language: translate(language, `clinic.languages.${view.language}`),
    },
    when: when(view.start),
    until: formatTime(language, view.end, zone),
    zone,
    service: card ? wordsIn(language, view.service.name) : '',
    minutes: view.service.minutes,
    priceCents: view.priceCents,
    practitioner: [wordsIn(language, view.practitioner.title), view.practitioner.name].filter(Boolean).join(' '),
    branch: `${view.branch.name}, ${view.branch.address}, ${view.branch.city}`,
    room: view.branch.room,
    reminders: remindersModel(view, card === null ? [] : options.reminders, { now, language }),
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
    created: [
      formatDateTime(language, view.createdAt, zone, 'short'),
      created ? whoDidIt(created, language) : translate(language, `clinic.actors.${view.createdByKind}`),
    ].join(', '),
    history:
      card === null
        ? []
        : history
            .toReversed()
            .map((line) => historyLine(line, letters.get(line.id), zone, language, options.everything.get(line.id))),
    informed: card !== null && mayDo(staff, 'notices.edit', record) ? informedOf(history, zone, language) : null,
    answer:
      options.answer && card !== null && mayDo(staff, 'notices.read', record)
        ? { newest: answerModel(options.answer.newest, language), more: options.answer.count - 1 }
        : null,
    steps: steps.map((step, index) => ({
      step,
      label: translate(language, `desk.step.${step}`),
      icon: stepIcons[step],
      key: stepKeys[step],
      isFirst: index === 0,
    })),
    undo: undo && {
      what: translate(language, `common.status.${view.status}`),
      seconds: undo.until && Math.max(1, Math.floor(undo.until.since(now).total('seconds'))),
    },
    self,
    links: {
      self: `${self}?${back}`,
      reject: link('reject'),
      move: link('move'),
      room: link('room'),
      cancel: link('cancel'),
      repeat: pathTo(language, `/series?appointment=${view.id}`),
      series: options.seriesId && card ? pathTo(language, '/series/', options.seriesId) : '',
    },
    calendar: pathTo(language, `/calendar?branch=${view.branch.id}&day=${day}`),
    returnTo,
    may: {
      confirm: decides && after(view.status, 'confirm') !== null,
      reject: decides && after(view.status, 'reject') !== null,
      move: changes && after(view.status, 'move') !== null,
      room: changes && after(view.status, 'move') !== null && view.service.mode === 'in-person',
      cancel: changes && after(view.status, 'cancel') !== null && view.status !== 'pending',
      book: card !== null && mayDo(staff, 'appointments.book', record),
    },
  };
}

/** Whom staff may have told by hand: about the newest step that the portal tells of. */
function informedOf(history: readonly HistoryLine[], zone: string, language: Language): AppointmentModel['informed'] {
  const step = history.findLast(({ tells }) => tells);
  if (!step) return null;
  return {
    eventId: step.id,
    what: historyLine(step, undefined, zone, language).what,
    hows: informedHows.map((value) => ({ value, label: translate(language, `notices.how.${value}`) })),
  };
}
