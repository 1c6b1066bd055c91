import { Controller, Get, Query, Req, type StreamableFile } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { type VisitOnPaper, VisitsOnPaper } from '#libs/appointments';
import { formatPlainDate, formatTime, type Language, Refusal, translate } from '#libs/platform';
import { formOf, Pages, parseQuery, pathTo, RateLimit, type WebRequest } from '#libs/web';
import { type ChosenDay, searchOf } from '../calendar/chosen-day.js';
import { StaffOf } from '../staff-of.decorator.js';
import { type LabelSheetName, labelSheetNames, labelSheets } from './label-sheets.js';
import { LabelsQuery } from './labels.query.js';
import { labelOf, sheetsOf } from './labels.view.js';
import { PaperDay, searchOfPaper } from './paper-day.js';
import { pdfFile } from './pdf-file.js';
import { qrPath } from './qr-code.js';

interface Asked {
  /** Null: the visits were named, whatever day they are on. */
  day: ChosenDay | null;
  /** All that may be chosen from. */
  visits: VisitOnPaper[];
  chosen: VisitOnPaper[];
  sheet: LabelSheetName;
  first: number;
  now: Temporal.Instant;
}

/** More boxes than anybody ticks one by one, and an address that every proxy takes. */
const mostBoxes = 100;

/** Labels for papers and tubes: name, birth date and reference of chosen visits, or of a day's. */
@Controller(':language/paper')
export class LabelsController {
  constructor(
    private readonly pages: Pages,
    private readonly days: PaperDay,
    private readonly visits: VisitsOnPaper,
  ) {}

  @Get('labels')
  async show(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const asked = await this.ask(staff, query);
    const { day, visits, chosen, sheet, first } = asked;
    const labels = chosen.map((visit) => labelOf(visit, language));
    const sheets = sheetsOf(labels, labelSheets[sheet], first);
    const ticked = new Set(chosen.map(({ id }) => id));
    const scope = day ? searchOfPaper(day) : new URLSearchParams();
    const search = new URLSearchParams([...scope, ['sheet', sheet], ['first', String(first)]]);
    if (day === null || chosen.length < visits.length) search.set('ids', [...ticked].join(','));
    const back =
      day === null ? `/appointments/${chosen[0]?.id ?? ''}` : `/calendar?${searchOf(day, day.day).toString()}`;
    const model = {
      title: translate(language, 'paper.labels.title'),
      day: day ? `${formatPlainDate(language, day.day, 'full')} · ${day.branch.name}` : '',
      count: labels.length,
      isEmpty: visits.length === 0,
      sheets: sheets.map((cells) => cells.map((label) => label && { ...label, path: qrPath(label.qr) })),
      sheet,
      form: formOf({ sheet, first }),
      kinds: labelSheetNames.map((value) => ({ value, label: translate(language, `paper.labels.sheets.${value}`) })),
      isOneByOne: sheet === 'roll-62',
      hidden: day === null ? [{ name: 'ids', value: [...ticked].join(',') }] : named(scope),
      boxes: day !== null && visits.length <= mostBoxes ? visits.map((visit) => boxOf(visit, ticked, language)) : [],
      pdf: pathTo(language, `/paper/labels.pdf?${search.toString()}`),
      self: pathTo(language, '/paper/labels'),
      back: pathTo(language, back),
    };
    return this.pages.fragment('print/labels', model, { request });
  }

  @Get('labels.pdf')
  @RateLimit('pdf', { perMinute: 60, by: 'session' })
  async pdf(
    @Query() query: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<StreamableFile> {
    const { language } = request;
    const { chosen, sheet, first, now } = await this.ask(staff, query);
    const labels = chosen.map((visit) => labelOf(visit, language));
    const title = translate(language, 'paper.labels.title');
    const { labelsPdf } = await import('./labels.pdf.js');
    const bytes = await labelsPdf(labels, { sheet: labelSheets[sheet], first, title, language, at: now });
    return pdfFile(bytes, 'labels.pdf');
  }

  private async ask(staff: StaffActor, query: unknown): Promise<Asked> {
    const parsed = parseQuery(LabelsQuery, query);
    if (!parsed.ok) throw new Refusal('invalid');
    const { ids, branch, sheet = 'a4-24', first = 1 } = parsed.value;
    const chosenDay = await this.days.run(staff, parsed.value);
    const { now } = chosenDay;
    if (ids?.length && branch === undefined) {
      const visits = await this.visits.chosen(staff, staff.clinicId, ids, 'labels');
      return { day: null, visits, chosen: visits, sheet, first, now };
    }
    const { day, resources } = chosenDay;
    const visits = await this.visits.ofDay(staff, { branchId: chosenDay.branch.id, day, resources, kind: 'labels' });
    const chosen = ids?.length ? visits.filter(({ id }) => ids.includes(id)) : visits;
    return { day: chosenDay, visits, chosen, sheet, first, now };
  }
}

const named = (search: URLSearchParams): object[] => [...search].map(([name, value]) => ({ name, value }));

const boxOf = (visit: VisitOnPaper, ticked: ReadonlySet<string>, language: Language): object => ({
  value: visit.id,
  text: `${formatTime(language, visit.start, visit.timeZone)} ${visit.patient.givenName} ${visit.patient.familyName}`,
  isTicked: ticked.has(visit.id),
});
