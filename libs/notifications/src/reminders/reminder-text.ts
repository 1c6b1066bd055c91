import { formatDate, formatTime, translate } from '#libs/platform';
import { placeOf, type Visit } from '../letters/visit.js';
import { plainLetters } from '../rules/plain-letters.js';
import { queueRule } from '../rules/reminder-times.js';
import { segmentsOf } from '../rules/segments.js';
import { zonePartOf } from '../rules/zone.js';

/** `20.10.`, which needs no grammar; in English, where day and month change places, in words. */
function dayOf({ language, start, zone }: Visit): string {
  if (language === 'en') return formatDate(language, start, zone, 'day-month');
  const { day, month } = start.toZonedDateTimeISO(zone);
  return `${day}.${month}.`;
}

/**
 * The wordings of the short message that reminds of the visits of one day, the fullest first: date, times, place and link,
 * and no more than a letter may say (S-2.40). The first that fits is sent, so that it stays one message where its alphabet
 * lets it be one.
 * @param page the link with the two buttons
 * @param canAnswer whether the message can be answered
 * @throws Error for no visit
 */
export function reminderWordings(
  visits: readonly Visit[],
  { rule, page, canAnswer }: { rule: string; page: string; canAnswer: boolean },
): string[] {
  const [first] = visits;
  if (!first) throw new Error('a reminder of nothing');
  const { language, zone } = first;
  const say = (key: string, args = {}): string => translate(language, `reminders.text.${key}`, args);
  const day = dayOf(first);
  const times = visits.map(({ start }) => formatTime(language, start, zone)).join(', ');
  const what = say(rule === queueRule ? 'queue' : 'visits', { n: visits.length, day, times });
  const inZone = translate(language, `mail.zone.${zone}.${zonePartOf(first.start, zone)}`);
  const [place = '', another] = new Set(visits.map(placeOf));
  const where = first.place && another === undefined ? say('place', { place }) : '';
  const who = first.clinic ? say('clinic', { clinic: first.clinic.name }) : '';
  const link = say('answer', { page });
  const answers = canAnswer ? [say('answer-or-reply', { page }), link] : [link];
  const all = [
    [`${what} (${inZone}).`, who, where],
    ...[[who, where], [where], [who], []].map((more) => [`${what}.`, ...more]),
  ].flatMap((parts) => answers.map((answer) => [...parts, answer].filter(Boolean).join(' ')));
  // Cyrillic takes two messages whatever is said: as much as those two hold.
  const costs = all.map((text) => segmentsOf(plainLetters(text)).segments);
  const fewest = Math.min(...costs);
  return fewest === 1 ? all : all.filter((_, n) => costs[n] === fewest).slice(0, 1);
}
