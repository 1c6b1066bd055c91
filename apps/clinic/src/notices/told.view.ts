import type { MarkOfStep, NoticeOfStep, ToldOfStep, VisitToTell } from '#libs/notifications';
import { formatDateTime, hasMessage, type Language, translate } from '#libs/platform';

/** What somebody has to hear, in one sentence. */
export function whatToTell(
  { kind, fromStart, toStart, zone }: Pick<VisitToTell, 'kind' | 'fromStart' | 'toStart' | 'zone'>,
  language: Language,
): string {
  const when = (at: Temporal.Instant): string => formatDateTime(language, at, zone, 'weekday');
  return translate(language, `notices.what.${kind}`, { from: when(fromStart ?? toStart), to: when(toStart) });
}

/**
 * Why a message did not arrive; empty where nothing is wrong with it. A fault of the portal has the number under which
 * whoever runs it finds it in the log.
 */
export function whyNotReached({ failure, id }: { failure: string | null; id: string }, language: Language): string {
  if (failure === null) return '';
  const key = `notices.why.${failure}`;
  return translate(language, hasMessage(language, key) ? key : 'notices.why.other', { id });
}

/** To whom a message went, as far as it may be shown. */
export const channelInWords = (
  { channel, address }: Pick<NoticeOfStep, 'channel' | 'address'>,
  language: Language,
): string =>
  translate(language, address === null ? 'notices.message.at-none' : 'notices.message.at', {
    channel: translate(language, `notices.channel.${channel}`),
    ...(address !== null && { address }),
  });

/** One message in one line: to whom, what became of it, after how many tries, with which answer. */
export function messageLine(notice: NoticeOfStep, zone: string, language: Language): string {
  const say = (key: string, at: Temporal.Instant | null = null): string =>
    translate(language, `notices.message.${key}`, { at: at ? formatDateTime(language, at, zone, 'short') : '' });
  const { id, channel, state, sentAt, deliveredAt, bouncedAt, readAt, attempts, answer, failure } = notice;
  const isKept = channel === 'portal' && state === 'sent';
  return [
    channelInWords(notice, language),
    isKept ? say('kept', sentAt) : state === 'sent' ? say('sent', sentAt) : say(state),
    deliveredAt ? say('delivered', deliveredAt) : '',
    bouncedAt ? say('bounced', bouncedAt) : '',
    readAt ? say('read', readAt) : '',
    whyNotReached({ failure: state === 'queued' ? null : failure, id }, language),
    attempts > 1 ? translate(language, 'notices.unreached.attempts', { n: attempts }) : '',
    answer ? translate(language, 'notices.message.answer', { answer }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** That somebody told the patient by hand, or tried to. */
export const markLine = ({ how, by, at }: MarkOfStep, zone: string, language: Language): string =>
  translate(language, 'notices.informed.line', {
    how: translate(language, `notices.informed.${how}`),
    by,
    at: formatDateTime(language, at, zone, 'short'),
  });

/** Everything that went to the patient about a step, and who told them by hand. */
export const toldLines = (
  told: ToldOfStep | undefined,
  zone: string,
  language: Language,
): { messages: string[]; marks: string[] } => ({
  messages: (told?.notices ?? []).map((notice) => messageLine(notice, zone, language)),
  marks: (told?.marks ?? []).map((mark) => markLine(mark, zone, language)),
});
