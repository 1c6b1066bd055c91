import { type Language, translate } from '#libs/platform';
import { lengthOf } from '../pending/pending.view.js';

export interface Choice {
  value: string;
  label: string;
}

const usualNotices = [0, 15, 30, 60, 120, 240, 720, 1440, 2880, 4320, 10_080];
const usualGrids = [5, 10, 15, 20, 30, 40, 45, 60];

const minutes = (language: Language, n: number): string => translate(language, 'clinic.length.minutes', { n });

/** Lengths to choose from, and the one that is kept when it is an unusual one. */
const withKept = (usual: readonly number[], kept: string): number[] =>
  /^\d{1,5}$/.test(kept) ? [...new Set([...usual, Number(kept)])].sort((a, b) => a - b) : [...usual];

const noticeLabel = (language: Language, n: number): string =>
  n === 0 ? translate(language, 'calendars.notice-none') : lengthOf(language, n);

/** How long before a visit it must be booked, from nothing to a week. @param kept what the form holds, in minutes */
export const noticeChoices = (language: Language, kept: string): Choice[] =>
  withKept(usualNotices, kept).map((n) => ({ value: String(n), label: noticeLabel(language, n) }));

/** Minutes between starts; the empty value follows the services' lengths. */
export const gridChoices = (language: Language, kept: string): Choice[] => [
  { value: '', label: translate(language, 'calendars.grid-auto') },
  ...withKept(usualGrids, kept).map((n) => ({ value: String(n), label: minutes(language, n) })),
];

export const confirmationChoices = (language: Language): Choice[] => [
  { value: 'automatic', label: translate(language, 'calendars.confirmation.automatic') },
  { value: 'manual', label: translate(language, 'calendars.confirmation.manual') },
];

/** The same for one service, where the empty value means: as the calendar. */
export const orAsCalendar = (choices: readonly Choice[], language: Language): Choice[] => [
  { value: '', label: translate(language, 'calendars.as-calendar') },
  ...choices,
];
