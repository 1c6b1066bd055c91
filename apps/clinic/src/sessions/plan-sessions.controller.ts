import { Body, Controller, Get, Inject, Post, Query, Req } from '@nestjs/common';
import { mayDo, requireSomewhere, type StaffActor } from '#libs/access';
import {
  type PlannedSessions,
  PlanSessions,
  type SessionService,
  sessionStarts,
  SessionsOfClinic,
} from '#libs/calendars';
import { CLOCK, type Clock, formatDateTime, type Language, Refusal, translate } from '#libs/platform';
import { localDate } from '#libs/time';
import {
  flash,
  formOf,
  type FormState,
  Pages,
  parseForm,
  parseQuery,
  pathTo,
  type SeeOther,
  seeOther,
  withError,
  withRefusal,
  type WebRequest,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { PlanForm, SessionsQuery } from './session.form.js';
import { serviceChoice } from './sessions.view.js';

/** How many of those that were left out are named. */
const namedLeft = 20;

/** Plans group sessions: days, times and seats in one form. */
@Controller(':language/sessions/new')
export class PlanSessionsController {
  constructor(
    private readonly pages: Pages,
    private readonly sessions: SessionsOfClinic,
    private readonly plan: PlanSessions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async ask(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseQuery(SessionsQuery, query);
    const services = await this.mine(staff);
    const first = services.find(({ calendarId }) => parsed.ok && calendarId === parsed.value.calendar) ?? services[0];
    const today = localDate(this.clock.now(), first?.zone ?? 'Europe/Riga');
    const form = formOf({
      ...(first && { service: `${first.calendarId}|${first.serviceId}` }),
      from: today.add({ days: 1 }).toString(),
      weekdays: ['1', '2', '3', '4', '5'],
      seats: 8,
    });
    return this.page(form, services, request);
  }

  @Post()
  async send(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const services = await this.mine(actor);
    const parsed = parseForm(PlanForm, body);
    if (!parsed.ok) return this.page(parsed.form, services, request, { status: 422 });
    const { value } = parsed;
    const wrong = (field: string, code: string): Promise<string> =>
      this.page(withError(parsed.form, field, code), services, request, { status: 422 });
    const chosen = services.find((each) => `${each.calendarId}|${each.serviceId}` === value.service);
    if (!chosen) return wrong('service', 'choice');
    const from = Temporal.PlainDate.from(value.from);
    const to = value.to ? Temporal.PlainDate.from(value.to) : from;
    if (Temporal.PlainDate.compare(to, from) < 0) return wrong('to', 'order');
    if (from.until(to).days > 366) return wrong('to', 'calendars.sessions.too-long');
    if (value.ends !== undefined && value.ends <= value.starts) return wrong('ends', 'order');
    const weekdays = value.weekdays.map(Number);
    const every = value.every ?? chosen.minutes;
    const starts = sessionStarts(
      { from, to, weekdays, starts: value.starts, ends: value.ends ?? value.starts, every },
      chosen.minutes,
      chosen.zone,
    );
    const { calendarId, serviceId } = chosen;
    try {
      const done = await this.plan.run({ actor, calendarId, serviceId, starts, seats: value.seats });
      if (done.left.length > 0) return await this.page(parsed.form, services, request, { done, chosen });
      flash(request, { kind: 'success', key: 'calendars.sessions.planned', args: { n: done.planned } });
      return seeOther(pathTo(request.language, `/sessions?calendar=${calendarId}&from=${from.toString()}`));
    } catch (thrown) {
      return this.page(withRefusal(parsed.form, thrown), services, request, { status: 422 });
    }
  }

  /** What the reader may plan. */
  private async mine(staff: StaffActor): Promise<SessionService[]> {
    requireSomewhere(staff, staff.clinicId, 'hours.edit');
    const services = await this.sessions.services(staff, staff.clinicId);
    const mine = services.filter((each) => mayDo(staff, 'hours.edit', each));
    if (mine.length === 0 && services.length > 0) throw new Refusal('not-allowed', { why: 'out-of-reach' });
    return mine;
  }

  private page(
    form: FormState,
    services: readonly SessionService[],
    request: WebRequest,
    { status = 200, done, chosen }: { status?: number; done?: PlannedSessions; chosen?: SessionService } = {},
  ): Promise<string> {
    const { language } = request;
    const ticked = new Set([form.values['weekdays'] ?? []].flat());
    const title = translate(language, 'calendars.sessions.plan');
    const model = {
      form,
      services: services.map((each) => serviceChoice(each, language)),
      weekdays: weekdays(language).map((each) => ({ ...each, isTicked: ticked.has(each.day) })),
      done: done && chosen ? outcome(done, chosen, language) : null,
      listHref: pathTo(language, chosen ? `/sessions?calendar=${chosen.calendarId}` : '/sessions'),
    };
    return this.pages.render('clinic/sessions-new', model, {
      request,
      title,
      status,
      styles: ['staff.css', 'calendars.css'],
      scripts: ['shortcuts.js'],
    });
  }
}

const outcome = ({ planned, left }: PlannedSessions, { zone }: SessionService, language: Language): object => ({
  planned: translate(language, 'calendars.sessions.planned', { n: planned }),
  left: translate(language, 'calendars.sessions.left', { n: left.length }),
  rows: left
    .slice(0, namedLeft)
    .map(
      ({ start, why }) =>
        `${formatDateTime(language, start, zone, 'weekday')}: ${translate(language, `calendars.sessions.why.${why}`)}`,
    ),
  more: left.length > namedLeft,
});

/** Monday to Sunday. */
const weekdays = (language: Language): { day: string; label: string }[] => {
  const names = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  const monday = Temporal.PlainDate.from('2026-11-23');
  return Array.from({ length: 7 }, (_, n) => ({
    day: String(n + 1),
    label: names.format(monday.add({ days: n }).toZonedDateTime('UTC').epochMilliseconds),
  }));
};
