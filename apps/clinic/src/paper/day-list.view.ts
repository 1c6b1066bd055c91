import type { VisitOnPaper } from '#libs/appointments';
import { formatDateTime, formatPlainDate, formatTime, type Language, translate, wordsIn } from '#libs/platform';
import type { Identity } from './day-list.query.js';

/** The list of a day as a page and as a PDF: the same words, a sheet for each practitioner. */
export interface DayList {
  language: Language;
  title: string;
  day: string;
  branch: string;
  printed: string;
  columns: { label: string; share: number }[];
  sheets: DaySheet[];
}

export interface DaySheet {
  practitioner: string;
  count: string;
  rows: string[][];
}

const nothing = '—';

function told({ patient }: VisitOnPaper, identity: Identity, language: Language): string {
  const { birthDate, personCode } = patient;
  if (identity === 'code' && personCode) return personCode;
  if (birthDate === null) return nothing;
  return identity === 'year' ? String(birthDate.year) : formatPlainDate(language, birthDate, 'short');
}

function rowOf(visit: VisitOnPaper, identity: Identity, language: Language): string[] {
  const { start, end, timeZone, patient } = visit;
  return [
    `${formatTime(language, start, timeZone)}–${formatTime(language, end, timeZone)}`,
    `${patient.givenName} ${patient.familyName}`,
    told(visit, identity, language),
    visit.phone ?? nothing,
    wordsIn(language, visit.serviceName),
    translate(language, `paper.payer.${visit.payer}`),
    translate(language, `common.status.${visit.status}`),
    '',
  ];
}

/**
 * Sets the visits of a day out by who receives them; whoever has none has no sheet.
 * @param resources who has a calendar there, in the order of the sheets
 */
export function dayList(
  visits: readonly VisitOnPaper[],
  options: {
    day: Temporal.PlainDate;
    branch: { name: string; zone: string };
    resources: readonly { id: string; name: string }[];
    identity: Identity;
    now: Temporal.Instant;
    by: string;
    language: Language;
  },
): DayList {
  const { day, branch, resources, identity, language } = options;
  const say = (key: string, args = {}): string => translate(language, `paper.${key}`, args);
  const sheets = resources.flatMap(({ id, name }): DaySheet[] => {
    const own = visits.filter(({ resourceId }) => resourceId === id);
    if (own.length === 0) return [];
    return [
      {
        practitioner: name,
        count: say('day.count', { n: own.length }),
        rows: own.map((visit) => rowOf(visit, identity, language)),
      },
    ];
  });
  return {
    language,
    title: `${say('day.title')}, ${formatPlainDate(language, day, 'long')}`,
    day: formatPlainDate(language, day, 'full'),
    branch: branch.name,
    printed: say('printed', { at: formatDateTime(language, options.now, branch.zone, 'short'), who: options.by }),
    columns: [
      { label: say('columns.time'), share: 24 },
      { label: say('columns.name'), share: 46 },
      { label: say(`columns.${identity}`), share: identity === 'code' ? 30 : 22 },
      { label: say('columns.phone'), share: 31 },
      { label: say('columns.service'), share: 50 },
      { label: say('columns.payer'), share: 24 },
      { label: say('columns.status'), share: 28 },
      { label: say('columns.note'), share: 50 },
    ],
    sheets,
  };
}
