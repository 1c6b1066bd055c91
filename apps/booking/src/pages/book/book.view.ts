import { cancelDeadline, type HoldOf, isLateCancel } from '#libs/appointments';
import type { PatientLine } from '#libs/people';
import { formatPlainDate, type Language, translate, wordsIn } from '#libs/platform';
import { referralAsked, type ServiceConditions, type VisitFacts } from '#libs/profiles';
import { type FormState, pathTo } from '#libs/web';
import { visitsInWords } from '../family/family.view.js';
import { momentIn } from '../zone-words.js';
import type { HeldVisit } from './booking-page.js';

export type Held = Awaited<ReturnType<HoldOf['run']>>;

/** What is booked, as the partial `visit-facts` shows it. */
export interface VisitModel {
  start: string;
  zone: string;
  minutes: number;
  service: string;
  practitioner: string;
  room: string | undefined;
  clinic: string;
  address: string;
  payer: 'state' | 'paid';
  price: number | null;
}

/** The frame of every step of a booking: the time that is kept, what it is and by which rules. */
export interface BookModel {
  title: string;
  visit: VisitModel;
  /** Cents, of several visits; null: there is one, or none to pay. */
  total: number | null;
  rules: string[];
  isManual: boolean;
  hold: { expiresAt: string; now: string; extendAction: string | undefined; releaseAction: string };
  steps: { label: string; isDone: boolean; isCurrent: boolean }[];
  path: string;
}

/** Which step of those that follow the choice of a time. */
export type BookStep = 'who' | 'referral' | 'details';

export function visitModel(language: Language, held: Held, facts: VisitFacts): VisitModel {
  const { practitioner, branch, clinic, service } = facts;
  return {
    start: held.visit.start.toString(),
    zone: held.terms.zone,
    minutes: held.terms.minutes,
    service: wordsIn(language, service.name),
    practitioner: [wordsIn(language, practitioner.title), practitioner.givenName, practitioner.familyName]
      .filter(Boolean)
      .join(' '),
    room: branch.room ? translate(language, 'booking.clinic.room', { room: branch.room }) : undefined,
    clinic: clinic.name,
    address: `${branch.address}, ${branch.city}`,
    payer: held.terms.payer,
    price: held.terms.priceCents || null,
  };
}

/** The rules of this visit in words, deadlines as moments of the clinic's own clock (R3-36). */
export function rulesOf(language: Language, held: Held, service: ServiceConditions, now: Temporal.Instant): string[] {
  const { terms, visit } = held;
  const rules: string[] = [];
  if (referralAsked(service, terms.payer) === 'needed') rules.push(translate(language, 'booking.book.rules.referral'));
  if (terms.confirmation === 'manual')
    rules.push(translate(language, 'booking.book.rules.confirm', { hours: terms.answerWithinHours }));
  if (terms.lateCancelHours > 0) {
    const deadline = cancelDeadline(visit.start, terms.lateCancelHours);
    rules.push(
      isLateCancel(visit.start, terms.lateCancelHours, now)
        ? translate(language, 'booking.book.rules.cancelLate', { hours: terms.lateCancelHours })
        : translate(language, 'booking.book.rules.cancelUntil', {
            at: momentIn(language, deadline, terms.zone),
          }),
      translate(language, 'booking.book.rules.fee'),
    );
  }
  const preparation = wordsIn(language, service.preparation);
  if (preparation) rules.push(translate(language, 'booking.book.rules.preparation', { text: preparation }));
  return rules;
}

export function bookModel(
  language: Language,
  { held, facts, service }: HeldVisit,
  { now, step }: { now: Temporal.Instant; step: BookStep },
): BookModel {
  const path = pathTo(language, '/book/', held.id);
  const isManual = held.terms.confirmation === 'manual';
  const hasReferral = step === 'referral' || referralAsked(service, held.terms.payer) === 'needed';
  const canExtend = Temporal.Instant.compare(held.extendableUntil, held.expiresAt) > 0;
  return {
    title: translate(language, 'booking.book.title'),
    visit: visitModel(language, held, facts),
    total: held.people > 1 ? held.people * held.terms.priceCents || null : null,
    rules: [...(held.people > 1 ? [visitsInWords(language, held)] : []), ...rulesOf(language, held, service, now)],
    isManual,
    hold: {
      expiresAt: held.expiresAt.toString(),
      now: now.toString(),
      extendAction: canExtend ? `${path}/extend` : undefined,
      releaseAction: `${path}/release`,
    },
    steps: [
      { label: translate(language, 'booking.book.steps.time'), isDone: true, isCurrent: false },
      { label: translate(language, 'booking.book.steps.who'), isDone: step !== 'who', isCurrent: step === 'who' },
      ...(hasReferral
        ? [
            {
              label: translate(language, 'services.referral.step'),
              isDone: step === 'details',
              isCurrent: step === 'referral',
            },
          ]
        : []),
      { label: translate(language, 'booking.book.steps.details'), isDone: false, isCurrent: step === 'details' },
    ],
    path,
  };
}

/** The form of the last step. */
export interface DetailsModel {
  form: FormState;
  people: { value: string; label: string; hint?: string }[];
  countries: { value: string; label: string }[];
  provenEmail: string | null;
  termsVersion: string;
  problem: string | undefined;
  today: string;
}

/** The account's own people first, somebody new last. */
export const peopleChoices = (language: Language, patients: readonly PatientLine[]): DetailsModel['people'] =>
  patients.length === 0
    ? []
    : [
        ...patients.map(({ id, givenName, familyName, maskedCode, birthDate }) => ({
          value: id,
          label: `${givenName} ${familyName}`,
          hint: maskedCode ?? (birthDate ? formatPlainDate(language, birthDate, 'long') : ''),
        })),
        {
          value: 'new',
          label: translate(language, 'booking.details.new'),
          hint: translate(language, 'booking.details.newHint'),
        },
      ];

export const countryChoices = (language: Language): DetailsModel['countries'] =>
  (['LV', 'EE'] as const).map((value) => ({ value, label: translate(language, `booking.details.country${value}`) }));

/** What the fields are called in the summary of mistakes. */
export const detailsLabels = (language: Language): Record<string, string> =>
  Object.fromEntries(
    (['givenName', 'familyName', 'personCode', 'birthDate', 'phone', 'email'] as const).map((name) => [
      name,
      translate(language, `booking.details.${name}`),
    ]),
  );
