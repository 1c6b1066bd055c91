import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { mayDo, type StaffActor } from '#libs/access';
import { UpcomingVisits } from '#libs/appointments';
import { type CalendarHours, CalendarsOfClinic, HoursOfCalendar, PublishHours, SaveDraftHours } from '#libs/calendars';
import { CLOCK, type Clock, formatPlainDate, Refusal, translate } from '#libs/platform';
import { covers, dayBounds, localDate } from '#libs/time';
import {
  flash,
  formOf,
  type FormState,
  Pages,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  withError,
  type WebRequest,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { HoursForm } from './hours.form.js';
import { calendarsByName, outsideVisits, previewWeeks } from './hours.view.js';
import { fieldsOf, hoursOfForm, periodsOf } from './weekly-form.js';

/** How far ahead the preview looks. */
const weeksShown = 4;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Weekly hours of a calendar: a draft, what it would open, and publishing it. */
@Controller(':language/hours')
export class HoursController {
  constructor(
    private readonly pages: Pages,
    private readonly calendars: CalendarsOfClinic,
    private readonly hours: HoursOfCalendar,
    private readonly visits: UpcomingVisits,
    private readonly saveDraft: SaveDraftHours,
    private readonly publish: PublishHours,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async list(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const people = calendarsByName(await this.calendars.run(staff.clinicId), language);
    const title = translate(language, 'clinic.hours.title');
    return this.pages.render(
      'clinic/hours',
      { people },
      { request, title, styles: ['staff.css'], scripts: ['shortcuts.js'] },
    );
  }

  @Get(':calendar')
  show(@Param('calendar') id: string, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.page(id, staff, request);
  }

  @Post(':calendar')
  async send(
    @Param('calendar') id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(HoursForm, body);
    if (!parsed.ok) return this.page(id, actor, request, parsed.form);
    const { hours, mistakes } = hoursOfForm(parsed.value);
    const { action } = parsed.value;
    if (mistakes.length > 0) {
      return this.page(
        id,
        actor,
        request,
        mistakes.reduce((form, each) => withError(form, each.field, each.code), parsed.form),
      );
    }
    if (action === 'add-period')
      return this.page(id, actor, request, withPeriod(parsed.form, parsed.value.periods.length, this.today()), 200);
    if (hours.length === 0)
      return this.page(id, actor, request, withError(parsed.form, 'ranges.0.starts', 'clinic.hours.none'));
    if (!uuid.test(id)) throw new Refusal('not-found');
    await this.saveDraft.run({ actor, calendarId: id, hours });
    if (action === 'publish') await this.publish.run({ actor, calendarId: id });
    flash(request, {
      kind: 'success',
      key: action === 'publish' ? 'clinic.hours.is-published' : 'clinic.hours.is-saved',
    });
    return seeOther(pathTo(request.language, '/hours/', id));
  }

  private today(): Temporal.PlainDate {
    return localDate(this.clock.now(), 'Europe/Riga');
  }

  private async page(
    id: string,
    staff: StaffActor,
    request: WebRequest,
    sent?: FormState,
    status = sent ? 422 : 200,
  ): Promise<string> {
    const { language } = request;
    if (!uuid.test(id)) throw new Refusal('not-found');
    const { calendar, published, draft } = await this.hours.run(staff, id);
    const listed = (await this.calendars.run(staff.clinicId)).find((each) => each.id === id);
    if (!listed) throw new Refusal('not-found');
    const shown = draft ?? published;
    const today = localDate(this.clock.now(), calendar.zone);
    const form = sent ?? formOf(fieldsOf(shown.weekly, today));
    const preview = await this.hours.preview(calendar, shown, today, today.add({ weeks: weeksShown }));
    const returnTo = pathTo(language, '/hours/', id);
    const model = {
      name: listed.name,
      branch: listed.branch.name,
      payer: listed.payer,
      zone: calendar.zone,
      self: returnTo,
      mayEdit: mayDo(staff, 'hours.edit', { practitionerId: calendar.resourceId }),
      isDraft: draft !== null,
      publishedUntil:
        listed.publishedUntil && formatPlainDate(language, Temporal.PlainDate.from(listed.publishedUntil), 'long'),
      form,
      periods: periodsOf(form),
      weekdays: weekdayNames(language),
      rhythms: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => ({
        value: String(n),
        label: translate(language, 'clinic.hours.every', { n }),
      })),
      weeks: previewWeeks(preview.openings, {
        from: today,
        weeks: weeksShown,
        zone: calendar.zone,
        country: calendar.country,
        language,
      }),
      outside: outsideVisits(await this.outside(staff, calendar, shown, today), language, returnTo),
    };
    return this.pages.render('clinic/hours-of-calendar', model, {
      request,
      title: translate(language, 'clinic.hours.title-of', { name: listed.name }),
      status,
      styles: ['staff.css'],
      scripts: ['hours-rows.js', 'shortcuts.js'],
    });
  }

  /** Visits to come that the hours would leave outside; publishing keeps them where they are. */
  private async outside(
    staff: StaffActor,
    calendar: Awaited<ReturnType<HoursOfCalendar['run']>>['calendar'],
    hours: CalendarHours,
    today: Temporal.PlainDate,
  ): ReturnType<UpcomingVisits['ofCalendar']> {
    const visits = await this.visits.ofCalendar(staff, calendar.clinicId, calendar.id);
    const last = visits.at(-1);
    if (!last) return [];
    const end = localDate(last.start, calendar.zone).add({ days: 1 });
    const { openings } = await this.hours.preview(calendar, hours, today, end);
    const began = dayBounds(today, calendar.zone).start;
    return visits.filter(
      (visit) =>
        Temporal.Instant.compare(visit.start, began) > 0 && !openings.some((opening) => covers(opening, visit)),
    );
  }
}

/** Monday to Sunday. */
const weekdayNames = (language: WebRequest['language']): Record<number, string> => {
  const names = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  const monday = Temporal.PlainDate.from('2026-11-23');
  return Object.fromEntries(
    Array.from({ length: 7 }, (_, n) => [
      n + 1,
      names.format(monday.add({ days: n }).toZonedDateTime('UTC').epochMilliseconds),
    ]),
  );
};

/** The form with one more, empty period. */
const withPeriod = (form: FormState, n: number, today: Temporal.PlainDate): FormState => ({
  ...form,
  values: {
    ...form.values,
    [`periods.${n}.validFrom`]: today.toString(),
    [`periods.${n}.validTo`]: '',
    [`periods.${n}.everyNthWeek`]: '1',
  },
});
