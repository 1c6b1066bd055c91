import { Controller, Get, Query, Req, type StreamableFile } from '@nestjs/common';
import { type StaffActor, within } from '#libs/access';
import { VisitsOnPaper } from '#libs/appointments';
import { CalendarsOfClinic } from '#libs/calendars';
import { Refusal, translate } from '#libs/platform';
import { formOf, Pages, parseQuery, pathTo, RateLimit, type WebRequest } from '#libs/web';
import { type ChosenDay, searchOf } from '../calendar/chosen-day.js';
import { StaffOf } from '../staff-of.decorator.js';
import { DayListQuery, identities, type Identity } from './day-list.query.js';
import { type DayList, dayList } from './day-list.view.js';
import { PaperDay, searchOfPaper } from './paper-day.js';
import { pdfFile } from './pdf-file.js';

/** The list of a day, to be printed: a sheet for each practitioner. */
@Controller(':language/paper')
export class DayListController {
  constructor(
    private readonly pages: Pages,
    private readonly days: PaperDay,
    private readonly visits: VisitsOnPaper,
    private readonly calendars: CalendarsOfClinic,
  ) {}

  @Get('day')
  async show(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const { asked, identity } = await this.ask(staff, query);
    const list = await this.list(staff, asked, identity, request);
    const search = searchOfPaper(asked);
    const calendar = `/calendar?${searchOf(asked, asked.day).toString()}`;
    const labels = `/paper/labels?${search.toString()}`;
    const hidden = [...search].map(([name, value]) => ({ name, value }));
    search.set('identity', identity);
    const model = {
      list,
      hidden,
      form: formOf({ identity }),
      identities: identities.map((value) => ({ value, label: translate(language, `paper.identity.${value}`) })),
      pdf: pathTo(language, `/paper/day.pdf?${search.toString()}`),
      labels: pathTo(language, labels),
      back: pathTo(language, calendar),
    };
    return this.pages.fragment('print/day-list', model, { request });
  }

  @Get('day.pdf')
  @RateLimit('pdf', { perMinute: 60, by: 'session' })
  async pdf(
    @Query() query: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<StreamableFile> {
    const { asked, identity } = await this.ask(staff, query);
    const list = await this.list(staff, asked, identity, request);
    const { dayListPdf } = await import('./day-list.pdf.js');
    return pdfFile(await dayListPdf(list, asked.now), `day-${asked.day.toString()}.pdf`);
  }

  private async ask(staff: StaffActor, query: unknown): Promise<{ asked: ChosenDay; identity: Identity }> {
    const parsed = parseQuery(DayListQuery, query);
    if (!parsed.ok) throw new Refusal('invalid');
    return { asked: await this.days.run(staff, parsed.value), identity: parsed.value.identity ?? 'year' };
  }

  private async list(
    staff: StaffActor,
    { branch, day, resources, now }: ChosenDay,
    identity: Identity,
    { language }: WebRequest,
  ): Promise<DayList> {
    const [visits, calendars] = await Promise.all([
      this.visits.ofDay(staff, { branchId: branch.id, day, resources, kind: 'day-list' }),
      this.calendars.run(staff.clinicId, within(staff, 'patients.read')),
    ]);
    const columns = calendars.filter((each) => each.branch.id === branch.id);
    const names = new Map(columns.map(({ resourceId: id, name }) => [id, { id, name }]));
    return dayList(visits, {
      day,
      branch,
      resources: [...names.values()],
      identity,
      now,
      by: staff.name,
      language,
    });
  }
}
