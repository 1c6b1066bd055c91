import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { DayOfBranch, type DayOfBranchAnswer } from '#libs/appointments';
import { QuotasOfClinic } from '#libs/calendars';
import { formatPlainDate, type Language, Refusal, translate } from '#libs/platform';
import { LanguageOf, Pages, parseForm, parseQuery, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { type QuotaNote, quotaNotes } from '../quotas/quotas.view.js';
import { StaffOf } from '../staff-of.decorator.js';
import { gridAssets } from './grid-assets.js';
import { ChooseDay, type ChosenDay, chosenOf } from './chosen-day.js';
import { dayPage } from './day-page.view.js';
import { DayQuery } from './day.query.js';
import { KeptViews } from './kept-view.js';
import { nothingYet } from './nothing-yet.view.js';
import { ViewForm } from './view.form.js';

/** The day of a branch, a column for each practitioner, room and device. */
@Controller(':language')
export class CalendarController {
  constructor(
    private readonly pages: Pages,
    private readonly chosen: ChooseDay,
    private readonly views: KeptViews,
    private readonly days: DayOfBranch,
    private readonly quotas: QuotasOfClinic,
  ) {}

  @Get()
  home(@LanguageOf() language: Language): SeeOther {
    return seeOther(pathTo(language, '/calendar'));
  }

  @Get('calendar')
  async show(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseQuery(DayQuery, query);
    // A date that nobody could mean shows today: a calendar is no place for an error page.
    const chosen = await this.chosen.orNothing(staff, parsed.ok ? parsed.value : new DayQuery());
    if (chosen === null) return this.nothing(staff, request);
    const all = await this.days.run(staff, chosen.branch.id, chosen.day, null);
    const { language } = request;
    const shown = chosenOf(chosen, all);
    const model = {
      ...dayPage(chosen, { all, shown }, staff, language),
      ...(await this.quotasOf(staff, chosen, shown, language)),
      nothing: nothingYet(staff, chosen.branch, language),
    };
    return this.pages.render('clinic/calendar', model, {
      request,
      title: translate(language, 'clinic.day.title'),
      ...gridAssets,
    });
  }

  private nothing(staff: StaffActor, request: WebRequest): Promise<string> {
    const { language } = request;
    const model = { nothing: nothingYet(staff, null, language) };
    return this.pages.render('clinic/calendar-nothing', model, {
      request,
      title: translate(language, 'clinic.day.title'),
    });
  }

  /** Keeps how the reader sees the calendar, and shows it so. */
  @Post('calendar/view')
  async keep(@Body() body: unknown, @StaffOf() staff: StaffActor, @LanguageOf() language: Language): Promise<SeeOther> {
    const parsed = parseForm(ViewForm, body);
    if (!parsed.ok)
      throw new Refusal('invalid', {
        errors: parsed.form.mistakes.map(({ field: path, error }) => ({ path, code: error.code })),
      });
    const { branch, day, view = '', who, step, filters, practitioners, specialty } = parsed.value;
    // Asks whether the branch is one of the reader's, and what there is to choose from.
    const chosen = await this.chosen.run(staff, { branch, practitioners: [], specialty: 'all', ...(day && { day }) });
    const listed = new Set(practitioners);
    const all = filters ? (await this.days.run(staff, branch, chosen.day, null)).columns : [];
    const columns = all.filter(({ resourceId }) => listed.has(resourceId)).map(({ resourceId }) => resourceId);
    // Nobody chosen, or everybody: then whoever comes later is shown, too.
    const isEveryone = columns.length === 0 || columns.length === all.length;
    await this.views.keep(staff, branch, {
      step,
      ...(filters && { filter: { columns: isEveryone ? null : columns, specialty: specialty ?? null } }),
    });
    const search = new URLSearchParams({ branch, ...(day && { day }), ...(who && { who }) });
    return seeOther(pathTo(language, `/calendar${view}?${search.toString()}`));
  }

  /** What is used this month of the quotas of those who are shown. */
  private async quotasOf(
    staff: StaffActor,
    { day }: ChosenDay,
    { columns }: DayOfBranchAnswer,
    language: Language,
  ): Promise<{ quotas: QuotaNote[]; quotaMonth: string; areSpent: number }> {
    const shown = columns.filter(({ payers }) => payers.includes('state')).map(({ resourceId }) => resourceId);
    const uses =
      shown.length === 0 ? [] : await this.quotas.inMonth(staff, staff.clinicId, day.toPlainYearMonth(), shown);
    const quotas = quotaNotes(uses, language);
    return {
      quotas,
      quotaMonth: formatPlainDate(language, day, 'month'),
      areSpent: quotas.filter(({ isSpent }) => isSpent).length,
    };
  }
}
