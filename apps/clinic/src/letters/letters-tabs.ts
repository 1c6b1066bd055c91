import { type Language, translate } from '#libs/platform';
import { pathTo } from '#libs/web';

/** The pages about what the clinic's letters say, with their paths; each is open to whoever may open the first. */
const pages = {
  kinds: '/letters',
  words: '/letters/words',
  preparation: '/letters/preparation',
  sms: '/letters/sms',
  reminders: '/letters/reminders',
} as const;
export type LettersTab = keyof typeof pages;

/** A tab of the pages about letters. */
export interface Tab {
  href: string;
  label: string;
  isCurrent: boolean;
}

/** The tabs of the pages about letters; their labels are `letters.tabs.<tab>`. */
export const lettersTabs = (current: LettersTab, language: Language): Tab[] =>
  Object.entries(pages).map(([tab, path]) => ({
    href: pathTo(language, path),
    label: translate(language, `letters.tabs.${tab}`),
    isCurrent: tab === current,
  }));
