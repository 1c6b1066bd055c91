import { Controller, Get, Query, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { DayOfBranch, MonthOfResource } from '#libs/appointments';
import { translate } from '#libs/platform';
import { Pages, parseQuery, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { calendarFrame } from './calendar.view.js';
import { ChooseWho } from './chosen-who.js';
import { WhoQuery } from './day.query.js';
import { gridAssets } from './grid-assets.js';
import { nothingYet } from './nothing-yet.view.js';
import { monthDays, monthPage } from './month-page.view.js';
import { weekPage, weekReading } from './week-page.view.js';

/** The week and the month of one practitioner, room or device. */
@Controller(':language/calendar')
export class WeekController {
  constructor(
    private readonly pages: Pages,
    private readonly who: ChooseWho,
    private readonly days: DayOfBranch,
    private readonly months: MonthOfResource,
  ) {}

  @Get('week')
  async week(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const found = await this.whoOf(staff, query);
    if (found === null) return this.nothing(staff, request, 'grid.title.week');
    const { chosen, who, whos } = found;
    const [monday = chosen.day] = weekReading(chosen, staff, language).dates;
    const frame = { request, title: translate(language, 'grid.title.week'), ...gridAssets };
    if (who === null) {
      const nothing = nothingYet(staff, chosen.branch, language);
      return this.pages.render('clinic/week', { ...calendarFrame('week', chosen, monday, language), nothing }, frame);
    }
    const answer = await this.days.run(staff, chosen.branch.id, monday, [who.id], 7);
    return this.pages.render('clinic/week', weekPage({ chosen, who, whos }, answer, staff, language), frame);
  }

  @Get('month')
  async month(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const found = await this.whoOf(staff, query);
    if (found === null) return this.nothing(staff, request, 'grid.title.month');
    const { chosen, who, whos } = found;
    const { first, days } = monthDays(chosen.day);
    const frame = {
      request,
      title: translate(language, 'grid.title.month'),
      ...gridAssets,
      scripts: ['shortcuts.js', 'auto-submit.js'],
    };
    const start = chosen.day.with({ day: 1 });
    if (who === null) {
      const nothing = nothingYet(staff, chosen.branch, language);
      return this.pages.render('clinic/month', { ...calendarFrame('month', chosen, start, language), nothing }, frame);
    }
    const counts = await this.months.run(staff, { branchId: chosen.branch.id, resourceId: who.id, first, days });
    return this.pages.render('clinic/month', monthPage({ chosen, who, whos }, counts, language), frame);
  }

  private nothing(staff: StaffActor, request: WebRequest, title: string): Promise<string> {
    const { language } = request;
    const model = { nothing: nothingYet(staff, null, language) };
    return this.pages.render('clinic/calendar-nothing', model, { request, title: translate(language, title) });
  }

  /** A date that nobody could mean shows today, as in the day. */
  private whoOf(staff: StaffActor, query: unknown): ReturnType<ChooseWho['run']> {
    const parsed = parseQuery(WhoQuery, query);
    return this.who.run(staff, parsed.ok ? parsed.value : new WhoQuery());
  }
}
