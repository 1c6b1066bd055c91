import { type Language, translate } from '#libs/platform';
import type { WordsJson } from '../browser/day-json.js';

/** The words of grids and lists, looked up once for all their rows. */
export interface GridWords extends WordsJson {
  closure: string;
  /** Of a closure that a practitioner's own calendar made. */
  busyOwn: string;
  busy: string;
  taken: Record<'hold' | 'former' | 'elsewhere', string>;
}

/** The words of one language. */
export function gridWords(language: Language): GridWords {
  const t = (key: string): string => translate(language, key);
  return {
    payer: { state: t('common.payer.state'), paid: t('common.payer.paid') },
    payerShort: { state: t('clinic.payer-short.state'), paid: t('clinic.payer-short.paid') },
    status: {
      pending: t('common.status.pending'),
      booked: t('common.status.booked'),
      arrived: t('common.status.arrived'),
      'checked-in': t('common.status.checked-in'),
      fulfilled: t('common.status.fulfilled'),
      noshow: t('common.status.noshow'),
    },
    statusShort: {
      pending: t('grid.short.pending'),
      booked: '',
      arrived: t('grid.short.arrived'),
      'checked-in': t('grid.short.checked-in'),
      fulfilled: t('grid.short.fulfilled'),
      noshow: t('grid.short.noshow'),
    },
    portal: t('common.origin.portal'),
    promised: t('reminders.panel.promised-short'),
    orphaned: t('clinic.day.orphaned'),
    beside: t('grid.beside'),
    now: t('grid.now'),
    bookHere: t('grid.book-here'),
    closure: t('grid.closure'),
    busyOwn: t('grid.busy-own'),
    busy: t('grid.busy'),
    taken: {
      hold: t('clinic.day.taken.hold'),
      former: t('clinic.day.taken.former'),
      elsewhere: t('clinic.day.taken.elsewhere'),
    },
  };
}
