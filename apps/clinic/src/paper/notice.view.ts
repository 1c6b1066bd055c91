import type { AppointmentView } from '#libs/appointments';
import {
  formatDate,
  formatDateTime,
  formatMoney,
  formatTime,
  inFours,
  type Language,
  translate,
  wordsIn,
} from '#libs/platform';
import { type ReferralAsked } from '#libs/profiles';
import { shortReference } from '#libs/screens';
import { type QrCode, qrCode } from './qr-code.js';

export interface NoticeFact {
  label: string;
  value: string;
  more: string;
}

/**
 * The written notice that a patient is handed: time, who receives, telephone, the provider with its registry code, address
 * and room (R3-19, R4-12). It may name the service, as it goes from hand to hand; letters may not.
 */
export interface Notice {
  language: Language;
  title: string;
  state: string;
  patient: string;
  day: string;
  time: string;
  zone: string;
  facts: NoticeFact[];
  advice: { title: string; lines: string[] }[];
  referenceLabel: string;
  /** In fours; the last four stand on the screen in the waiting room. */
  reference: string;
  short: string;
  shortHint: string;
  qr: QrCode;
  printed: string;
}

/** Statuses in which there is something to prepare for. */
const stands: ReadonlySet<AppointmentView['status']> = new Set(['pending', 'booked', 'arrived', 'checked-in']);

type Say = (key: string, args?: Record<string, string>) => string;

function factsOf(view: AppointmentView, language: Language, say: Say): NoticeFact[] {
  const { branch, clinic, practitioner, service } = view;
  const fact = (key: string, value: string, more = ''): NoticeFact => ({ label: say(`facts.${key}`), value, more });
  const title = wordsIn(language, practitioner.title);
  const price = view.priceCents > 0 ? formatMoney(language, view.priceCents) : translate(language, 'common.payer.free');
  return [
    fact('who', practitioner.name, title),
    fact(
      'service',
      wordsIn(language, service.name),
      translate(language, 'common.visit.minutes', { n: service.minutes }),
    ),
    ...(service.mode === 'in-person'
      ? [
          fact('where', branch.name, `${branch.address}, ${branch.city}, ${branch.postalCode}`),
          ...(branch.room ? [fact('room', branch.room)] : []),
        ]
      : [fact('how', say(`mode.${service.mode}`))]),
    fact('phone', branch.phone),
    fact('payer', translate(language, `common.payer.${view.payer}-long`), price),
    fact('provider', clinic.name, say('registry', { code: clinic.registrationNumber })),
  ];
}

function adviceOf(
  view: AppointmentView,
  {
    language,
    referral,
    portal,
    now,
  }: { language: Language; referral: ReferralAsked; portal: string; now: Temporal.Instant },
  say: Say,
): Notice['advice'] {
  if (!stands.has(view.status)) return [];
  const { cancelDeadline } = view;
  const preparation = wordsIn(language, view.service.preparation);
  const isInTime = cancelDeadline !== null && Temporal.Instant.compare(now, cancelDeadline) < 0;
  const deadline = isInTime ? formatDateTime(language, cancelDeadline, view.timeZone, 'full') : '';
  return [
    {
      title: say('bring.title'),
      lines: [
        say('bring.document'),
        ...(referral === 'none' ? [] : [say(`bring.referral-${referral}`)]),
        ...(preparation ? [preparation] : []),
      ],
    },
    {
      title: say('cancel.title'),
      lines: [
        say('cancel.how', { phone: view.branch.phone, portal }),
        ...(deadline ? [say('cancel.deadline', { time: deadline })] : []),
      ],
    },
  ];
}

/**
 * @param options.language the patient's, or another that was chosen
 * @param options.portal the public address of the portal, for people
 * @param options.by who prints it
 */
export function notice(
  view: AppointmentView,
  options: { language: Language; referral: ReferralAsked; portal: string; now: Temporal.Instant; by: string },
): Notice {
  const { language, now } = options;
  const { timeZone } = view;
  const say: Say = (key, args = {}) => translate(language, `paper.notice.${key}`, args);
  const isOpen = view.status === 'pending';
  return {
    language,
    title: say('title'),
    state: isOpen
      ? say('pending', {
          due: view.answerDueAt ? formatDateTime(language, view.answerDueAt, timeZone, 'full') : 'none',
        })
      : stands.has(view.status)
        ? ''
        : translate(language, `common.status.${view.status}`),
    patient: `${view.patient.givenName} ${view.patient.familyName}`,
    day: formatDate(language, view.start, timeZone, 'full'),
    time: formatTime(language, view.start, timeZone),
    zone: translate(language, 'common.times.zone', { zone: translate(language, `common.zones.${timeZone}`) }),
    facts: factsOf(view, language, say),
    advice: adviceOf(view, options, say),
    referenceLabel: translate(language, 'common.visit.reference'),
    reference: inFours(view.reference),
    short: shortReference(view.reference),
    shortHint: say('short'),
    qr: qrCode(view.reference),
    printed: translate(language, 'paper.printed', {
      at: formatDateTime(language, now, timeZone, 'short'),
      who: options.by,
    }),
  };
}
