import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { type StaffActor, within } from '#libs/access';
import {
  type CalendarHours,
  CalendarsOfClinic,
  ForgetDraftHours,
  HoursOfCalendar,
  hoursOfLines,
  SaveDraftHours,
} from '#libs/calendars';
import { CLOCK, type Clock, translate } from '#libs/platform';
import { localDate } from '#libs/time';
import {
  flash,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withError,
} from '#libs/web';
import { MakeChange } from '../changes/make-change.js';
import { StaffOf } from '../staff-of.decorator.js';
import { CopyIntoDraft } from './copy-into-draft.js';
import type { EditedHours } from './edited-hours.js';
import { HoursForm } from './hours.form.js';
import { HoursPage } from './hours-page.js';
import { calendarsByName } from './hours.view.js';
import { daysWith, type FieldMistake, linesOfForm, withLine, withoutLine } from './line-form.js';

/** Hours of a calendar: a draft, what it would open, and publishing it. */
@Controller(':language/hours')
export class HoursController {
  constructor(
    private readonly pages: Pages,
    private readonly calendars: CalendarsOfClinic,
    private readonly hours: HoursOfCalendar,
    private readonly page: HoursPage,
    private readonly saveDraft: SaveDraftHours,
    private readonly forgetDraft: ForgetDraftHours,
    private readonly copy: CopyIntoDraft,
    private readonly makeChange: MakeChange,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async list(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const [calendars, hours] = await Promise.all([
      this.calendars.run(staff.clinicId, within(staff, 'hours.read')),
      this.hours.ofClinic(staff, staff.clinicId),
    ]);
    const people = calendarsByName(calendars, hours, localDate(this.clock.now(), 'Europe/Riga'), language);
    const title = translate(language, 'clinic.hours.title');
    return this.pages.render(
      'clinic/hours',
      { people },
      { request, title, styles: ['staff.css', 'hours.css'], scripts: ['shortcuts.js'] },
    );
  }

  @Get(':calendar')
  show(
    @Param('calendar', IdPipe) id: string,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    return this.page.render(id, staff, request);
  }

  @Post(':calendar')
  async send(
    @Param('calendar', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const edited = await this.page.open(id, actor);
    const parsed = parseForm(HoursForm, body);
    const sent = parsed.form;
    const action = typeof sent.values['action'] === 'string' ? sent.values['action'] : '';
    // Rows come and go whatever is typed in them.
    if (action === 'add-line')
      return this.page.render(id, actor, request, { sent: withLine(sent, edited.today), status: 200 });
    if (/^remove-line\.\d{1,2}$/.test(action)) {
      const without = withoutLine(sent, Number(action.split('.')[1]));
      return this.page.render(id, actor, request, { sent: without, status: 200 });
    }
    if (!parsed.ok) return this.page.render(id, actor, request, { sent });
    if (action === 'forget') {
      await this.forgetDraft.run({ actor, calendarId: id });
      return this.done(request, id, 'hours.done.forgotten');
    }
    return this.keep(id, actor, request, parsed.value, sent, edited);
  }

  /** Saves what was typed, with what the pressed button adds to it. */
  private async keep(
    id: string,
    actor: StaffActor,
    request: WebRequest,
    form: HoursForm,
    sent: FormState,
    edited: EditedHours,
  ): Promise<string | SeeOther> {
    const services = new Set(edited.services.map((each) => each.id));
    const { lines, mistakes } = linesOfForm(form, services, edited.today);
    let days = edited.shown.days;
    const [does, what = ''] = form.action.split('.');
    if (does === 'add-day') {
      const added = daysWith(days, form.day, services, edited.today);
      days = added.days;
      mistakes.push(...added.mistakes);
    }
    if (does === 'remove-day') days = days.filter(({ day }) => day.toString() !== what);
    if (mistakes.length > 0) return this.page.render(id, actor, request, { sent: withMistakes(sent, mistakes) });
    const typed: CalendarHours = { weekly: hoursOfLines(lines), days };
    const copied = await this.copy.run(actor, edited, typed, form);
    if (copied.mistakes.length > 0)
      return this.page.render(id, actor, request, { sent: withMistakes(sent, copied.mistakes) });
    const { weekly } = copied.hours;
    await this.saveDraft.run({ actor, calendarId: id, hours: weekly, days: copied.hours.days });
    if (does === 'publish' && weekly.length === 0 && copied.hours.days.every(({ ranges }) => ranges.length === 0))
      return this.page.render(id, actor, request, { asksEmpty: true });
    if (does === 'publish' || does === 'publish-empty') return this.publish(id, actor, request);
    return this.done(request, id, copied.said ?? doneKey(does), copied.args);
  }

  /** Publishes the draft; whoever would be outside afterwards is asked about first. */
  private async publish(id: string, actor: StaffActor, request: WebRequest): Promise<SeeOther> {
    const asked = await this.makeChange.run(actor, request, { kind: 'publish-hours', calendarIds: [id] });
    return asked ?? this.done(request, id, 'clinic.hours.is-published');
  }

  private done(request: WebRequest, id: string, key: string, args?: Record<string, number>): SeeOther {
    flash(request, { kind: 'success', key, ...(args && { args }) });
    return seeOther(pathTo(request.language, '/hours/', id));
  }
}

const doneKey = (does: string | undefined): string => {
  if (does === 'add-day') return 'hours.done.day-added';
  if (does === 'remove-day') return 'hours.done.day-removed';
  return 'clinic.hours.is-saved';
};

const withMistakes = (form: FormState, mistakes: readonly FieldMistake[]): FormState =>
  mistakes.reduce((state, { field, code }) => withError(state, field, code), form);
