import { formatTime, type Language, translate } from '#libs/platform';
import type { ScreenBoard, ShownNumber } from '#libs/screens';

/** The same words in each language of a screen. */
type Said = { language: Language; text: string }[];

export interface BoardModel {
  language: Language;
  place: string;
  zone: string;
  clock: string;
  now: string;
  hasSound: boolean;
  come: Said;
  waiting: Said;
  nobody: Said;
  help: Said;
  /** What is said around the moment since when nothing is known, which only the screen knows. */
  stale: { language: Language; before: string; after: string }[];
  off: Said;
  listen: Said;
  more: string;
  newest: ShownNumber | null;
  called: ShownNumber[];
  numbers: ShownNumber[];
}

/** Stands for a moment in words that are cut there. */
const moment = '\u0000';

/** A screen in the words of its languages. */
export function boardModel(board: ScreenBoard, now: Temporal.Instant): BoardModel {
  const { branch, languages, called, waiting, sound, more } = board;
  const say = (key: string, args = {}): Said =>
    languages.map((language) => ({ language, text: translate(language, `paper.screen.${key}`, args) }));
  const [language = 'lv'] = languages;
  const [newest = null, ...earlier] = called;
  return {
    language,
    place: branch.name,
    zone: branch.zone,
    clock: formatTime(language, now, branch.zone),
    now: now.toString(),
    hasSound: sound,
    come: say('come'),
    waiting: say('waiting'),
    nobody: say('nobody'),
    help: say('help', { phone: branch.phone }),
    stale: say('stale', { time: moment }).map(({ language: each, text }) => {
      const [before = '', after = ''] = text.split(moment);
      return { language: each, before, after };
    }),
    off: say('off'),
    listen: say('listen'),
    more: more > 0 ? `+${more}` : '',
    newest,
    called: earlier,
    numbers: waiting,
  };
}
