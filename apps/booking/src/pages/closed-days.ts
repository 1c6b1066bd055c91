import { Injectable } from '@nestjs/common';
import { type AnnouncedClosure, AnnouncedClosures, type AnnouncedDay } from '#libs/calendars';
import { formatDateRange, formatDateTime, formatPlainDate, formatTime, type Language, translate } from '#libs/platform';
import { localDate, localTime } from '#libs/time';

/** A line on a page: when, and what is said of it. */
export interface ClosedLine {
  when: string;
  words: string;
}

/** How many lines a page bears. */
const most = 8;

/** What the pages of practitioners and clinics tell of closures, holidays and other hours to come. */
@Injectable()
export class ClosedDays {
  constructor(private readonly announced: AnnouncedClosures) {}

  /**
   * Lines by branch; a branch without any is left out.
   * @param practitionerId whose page it is; null: a clinic's, which names everybody whose closure has public words
   */
  async byBranch(
    language: Language,
    branchIds: readonly string[],
    practitionerId: string | null,
  ): Promise<Map<string, ClosedLine[]>> {
    if (branchIds.length === 0) return new Map();
    const told = await this.announced.run(branchIds, practitionerId);
    const lines = told.map(({ branchId, zone, closures, days }): [string, ClosedLine[]] => {
      const timed = [
        ...closures.map((closure) => ({
          at: localDate(closure.start, zone).toString(),
          line: closureLine(language, closure, zone, practitionerId === null),
        })),
        ...days.map((each) => ({ at: each.day.toString(), line: dayLine(language, each) })),
      ];
      return [
        branchId,
        timed
          .sort((a, b) => a.at.localeCompare(b.at))
          .slice(0, most)
          .map(({ line }) => line),
      ];
    });
    return new Map(lines.filter(([, each]) => each.length > 0));
  }
}

function closureLine(language: Language, closure: AnnouncedClosure, zone: string, isNamed: boolean): ClosedLine {
  const { start, end, words, practitioner } = closure;
  const said = isNamed && practitioner ? `${practitioner}: ${words}` : words;
  const first = localDate(start, zone);
  const last = localDate(end.subtract({ seconds: 1 }), zone);
  if (localTime(start, zone) === '00:00' && localTime(end, zone) === '00:00')
    return { when: formatDateRange(language, first, last), words: said };
  const until = first.equals(last) ? formatTime(language, end, zone) : formatDateTime(language, end, zone, 'weekday');
  return { when: `${formatDateTime(language, start, zone, 'weekday')} – ${until}`, words: said };
}

function dayLine(language: Language, { day, isOpen, worksAs, shorterBy, holiday }: AnnouncedDay): ClosedLine {
  const parts = [
    ...(isOpen ? [] : [translate(language, holiday ? 'days.public.closed' : 'days.closed')]),
    ...(isOpen && worksAs !== day.dayOfWeek ? [translate(language, `days.works-as.${worksAs}`)] : []),
    ...(isOpen && shorterBy > 0
      ? [translate(language, 'days.shortened', { hours: Math.trunc(shorterBy / 60), minutes: shorterBy % 60 })]
      : []),
  ];
  if (parts.length === 0) parts.push(translate(language, 'days.public.open'));
  return {
    when: formatPlainDate(language, day, 'weekday'),
    words: [...(holiday ? [translate(language, holiday.key)] : []), ...parts].join(', '),
  };
}
