import { Controller, Get, Query, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { DayOfBranch, type DayOfBranchAnswer } from '#libs/appointments';
import { QuotasOfClinic } from '#libs/calendars';
import { formatPlainDate, type Language, translate } from '#libs/platform';
import { LanguageOf, Pages, parseQuery, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { type QuotaNote, quotaNotes } from '../quotas/quotas.view.js';
import { StaffOf } from '../staff-of.decorator.js';
import { calendarPage } from './calendar.view.js';
import { ChooseDay, type ChosenDay } from './chosen-day.js';
import { DayQuery } from './day.query.js';

/** The day of a branch, a column for each practitioner. */
@Controller(':language')
export class CalendarController {
  constructor(
    private readonly pages: Pages,
    private readonly chosen: ChooseDay,
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
    const chosen = await this.chosen.run(staff, parsed.ok ? parsed.value : new DayQuery());
    const all = await this.days.run(staff, chosen.branch.id, chosen.day, null);
    const { language } = request;
    const model = { ...calendarPage(chosen, all, language), ...(await this.quotasOf(staff, chosen, all, language)) };
    return this.pages.render('clinic/calendar', model, {
      request,
      title: translate(language, 'clinic.day.title'),
      isWide: true,
      styles: ['event-calendar.css', 'staff.css', 'staff-day.css', 'live.css'],
      scripts: [
        'event-calendar.js',
        'day-view-switch.js',
        'day-panel.js',
        'day-ask.js',
        'day-faces.js',
        'day-events.js',
        'day-drop.js',
        'day-calendar.js',
        'changed-meanwhile.js',
        'live.js',
        'shortcuts.js',
        'auto-submit.js',
      ],
    });
  }

  /** What is used this month of the quotas of those who are shown. */
  private async quotasOf(
    staff: StaffActor,
    { day, resources }: ChosenDay,
    { columns }: DayOfBranchAnswer,
    language: Language,
  ): Promise<{ quotas: QuotaNote[]; quotaMonth: string; areSpent: number }> {
    const shown = columns
      .filter(({ resourceId, payers }) => payers.includes('state') && (resources?.includes(resourceId) ?? true))
      .map(({ resourceId }) => resourceId);
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
