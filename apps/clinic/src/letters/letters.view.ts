import {
  type Audience,
  type LetterPreview,
  noticeKindNames,
  type NoticeKind,
  noticeRuleOf,
  type PreviewLevel,
  previewLevels,
} from '#libs/notifications';
import { type Language, languages, translate } from '#libs/platform';
import { pathTo } from '#libs/web';

/** A notice as a line of the table of who gets what. */
interface KindLine {
  href: string;
  name: string;
  when: string;
  channels: string[];
  urgency: string;
}

const say = (language: Language, key: string, args = {}): string => translate(language, `letters.${key}`, args);

const lineOf = (kind: NoticeKind, language: Language): KindLine => {
  const { channels, urgency } = noticeRuleOf(kind);
  const loudness = urgency === 'day' && !channels.includes('sms') ? 'quiet' : urgency;
  return {
    href: pathTo(language, '/letters/kinds/', kind),
    name: say(language, `kinds.${kind}.name`),
    when: say(language, `kinds.${kind}.when`),
    channels: channels.map((channel) => say(language, `channels.${channel}`)),
    urgency: say(language, `urgency.${loudness}`),
  };
};

/** Who gets what, by whom it is for. */
export const kindGroups = (language: Language): { title: string; lines: KindLine[]; hasTexts: boolean }[] =>
  (['patient', 'account', 'staff'] as const satisfies readonly Audience[]).map((audience) => ({
    title: say(language, `groups.${audience}`),
    lines: noticeKindNames
      .filter((kind) => noticeRuleOf(kind).audience === audience && !noticeRuleOf(kind).isUnused)
      .map((kind) => lineOf(kind, language)),
    hasTexts: audience === 'patient',
  }));

const languageNames: Readonly<Record<Language, string>> = {
  lv: 'Latviešu',
  et: 'Eesti',
  en: 'English',
  ru: 'Русский',
};

interface Segment {
  href: string;
  label: string;
  isCurrent: boolean;
}

/** Links to the same page in each language of the letter. `href`: the page's address for a language. */
export const languageSegments = (current: Language, href: (language: Language) => string): Segment[] =>
  languages.map((each) => ({ href: href(each), label: languageNames[each], isCurrent: each === current }));

/** Where a letter is looked at. */
export const lookPath = (
  language: Language,
  kind: NoticeKind,
  { in: letter, level, part = '' }: { in: Language; level: PreviewLevel; part?: '' | '/look' },
): string =>
  `${pathTo(language, '/letters/kinds/', kind, part)}?${new URLSearchParams({ in: letter, level }).toString()}`;

/** A letter in all its forms, with the ways to its other languages and levels. */
export function previewModel(
  kind: NoticeKind,
  preview: LetterPreview,
  { language, letter, level }: { language: Language; letter: Language; level: PreviewLevel },
): object {
  const { subject, text, invitation, sms, source, isNameTelling } = preview;
  const isOfVisit = noticeRuleOf(kind).audience === 'patient';
  return {
    name: say(language, `kinds.${kind}.name`),
    when: say(language, `kinds.${kind}.when`),
    letterLanguages: languageSegments(letter, (each) => lookPath(language, kind, { in: each, level })),
    levels: isOfVisit
      ? previewLevels.map((each) => ({
          href: lookPath(language, kind, { in: letter, level: each }),
          label: say(language, `levels.${each}`),
          isCurrent: each === level,
        }))
      : [],
    levelNote: isOfVisit ? say(language, `level-notes.${level}`) : '',
    source: isOfVisit ? say(language, `sources.${source}`) : '',
    isNameTelling: isOfVisit && isNameTelling && level !== 'strict',
    look: lookPath(language, kind, { in: letter, level, part: '/look' }),
    letter,
    subject,
    text,
    invitation,
    sms,
  };
}
