import { type LetterKind, type SmsOfClinicAnswer, textKinds } from '#libs/notifications';
import { formatDateTime, hasMessage, type Language, translate } from '#libs/platform';
import { formOf } from '#libs/web';
import { languageSegments } from './letters.view.js';

const zone = 'Europe/Riga';

/** How the month stands, in words; a warning where somebody has to know. */
export function usageModel(answer: SmsOfClinicAnswer, language: Language): object {
  const { used, settings, state } = answer;
  const args = { used, cap: settings.monthlyCap };
  return {
    text: translate(language, 'sms.page.used', args),
    used,
    cap: Math.max(settings.monthlyCap, 1),
    warning: state === 'free' ? '' : translate(language, `sms.page.state.${state}`, args),
    isStopped: state === 'urgent-only' || state === 'used-up',
  };
}

/** A message as the phone shows it, what it costs, and the choice of another. */
export function lookModel(
  look: { text: string; segments: number; length: number; most: number; encoding: string },
  {
    kind,
    letter,
    language,
    sender,
    self,
  }: { kind: LetterKind; letter: Language; language: Language; sender: string | null; self: string },
): object {
  return {
    text: look.text,
    sender: sender ?? translate(language, 'sms.page.own-sender'),
    cost: translate(language, 'sms.page.cost', { n: look.segments, length: look.length, most: look.most }),
    encoding: translate(language, `sms.page.encoding.${look.encoding}`),
    form: formOf({ kind, in: letter }),
    kinds: textKinds.map((value) => ({ value, label: translate(language, `notices.kinds.${value}`) })),
    languages: languageSegments(letter, (each) => `${self}?${new URLSearchParams({ kind, in: each }).toString()}`),
    in: letter,
  };
}

export function failureRow(failure: SmsOfClinicAnswer['failures'][number], language: Language): object {
  const why = `notices.why.${failure.reason}`;
  const kind = `notices.kinds.${failure.kind}`;
  return {
    at: formatDateTime(language, failure.at, zone, 'weekday'),
    to: failure.address ?? '',
    kind: translate(language, hasMessage(language, kind) ? kind : 'sms.page.reminder'),
    why: translate(language, hasMessage(language, why) ? why : 'notices.why.other'),
  };
}
