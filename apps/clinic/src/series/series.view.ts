import type { AppointmentView, CheckedDate } from '#libs/appointments';
import { formatDateTime, hasMessage, inFours, type Language, translate, wordsIn } from '#libs/platform';
import { pathTo } from '#libs/web';

/** One date of the list: what was planned, whether it can be, and what could be instead. */
export interface DateModel {
  row: number;
  when: string;
  /** Why it cannot be booked; empty: it can. */
  why: string;
  /** It could be chosen a moment ago. */
  isChanged: boolean;
  options: { value: string; label: string; isChosen: boolean }[];
}

const whyText = (language: Language, { why, holiday }: CheckedDate): string => {
  if (why === null) return '';
  if (why === 'holiday' && holiday && hasMessage(language, holiday))
    return translate(language, 'together.series.why.holiday-named', { name: translate(language, holiday) });
  const own = `together.series.why.${why}`;
  if (hasMessage(language, own)) return translate(language, own);
  const general = `refusals.why.${why}`;
  return translate(language, hasMessage(language, general) ? general : 'together.series.why.other');
};

/** A date that is free is chosen; of one that is not, nothing is chosen for anybody: it is left out until staff decide. */
export function dateModels(
  language: Language,
  dates: readonly CheckedDate[],
  options: { zone: string; skipped: ReadonlySet<number>; changed: ReadonlySet<number> },
): DateModel[] {
  const { zone, skipped, changed } = options;
  const said = (at: Temporal.Instant): string => formatDateTime(language, at, zone, 'weekday');
  return dates.map((date, row) => {
    const isChosen = date.why === null && !skipped.has(row);
    const instead = [date.before, date.after].filter((start) => start !== null);
    return {
      row,
      when: said(date.start),
      why: whyText(language, date),
      isChanged: changed.has(row),
      options: [
        ...(date.why === null
          ? [{ value: date.start.toString(), label: translate(language, 'together.series.book'), isChosen }]
          : instead.map((start) => ({
              value: start.toString(),
              label: translate(language, 'together.series.instead', { at: said(start) }),
              isChosen: false,
            }))),
        { value: 'skip', label: translate(language, 'together.series.skip'), isChosen: !isChosen },
      ],
    };
  });
}

/** A series that was booked: its visits, and whether something of it can still be cancelled. */
export interface SeriesModel {
  patient: string;
  service: string;
  practitioner: string;
  place: string;
  visits: { when: string; status: AppointmentView['status']; href: string; reference: string }[];
  left: number;
}

export function seriesModel(language: Language, views: readonly AppointmentView[], now: Temporal.Instant): SeriesModel {
  const [first] = views;
  const isAhead = ({ start, status }: AppointmentView): boolean =>
    Temporal.Instant.compare(start, now) > 0 && (status === 'booked' || status === 'pending');
  return {
    patient: first ? `${first.patient.givenName} ${first.patient.familyName}` : '',
    service: first ? wordsIn(language, first.service.name) : '',
    practitioner: first?.practitioner.name ?? '',
    place: first ? `${first.branch.name}, ${first.branch.city}` : '',
    visits: views.map((view) => ({
      when: formatDateTime(language, view.start, view.timeZone, 'full'),
      status: view.status,
      href: pathTo(language, '/appointments/', view.id),
      reference: inFours(view.reference),
    })),
    left: views.filter(isAhead).length,
  };
}
