import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { mayDo, type StaffActor } from '#libs/access';
import { PeopleOfSession } from '#libs/appointments';
import { CancelSession, type ClinicSession, KeepSeats, SessionsOfClinic } from '#libs/calendars';
import { CLOCK, type Clock, formatPlainDate, Refusal, translate } from '#libs/platform';
import { dayBounds, localDate, localTime } from '#libs/time';
import {
  flash,
  formOf,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  parseQuery,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withRefusal,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { SeatsForm, SessionsQuery } from './session.form.js';
import { sessionDays, sessionLine } from './sessions.view.js';

const styles = ['staff.css', 'calendars.css'];
const scripts = ['shortcuts.js'];
/** How far ahead the list looks. */
const daysShown = 60;
const farPast = Temporal.Instant.from('2020-01-01T00:00:00Z');
const farFuture = Temporal.Instant.from('2100-01-01T00:00:00Z');

/** Group visits and vaccination lines: who sits where, more or fewer seats, calling one off. */
@Controller(':language/sessions')
export class SessionsController {
  constructor(
    private readonly pages: Pages,
    private readonly sessions: SessionsOfClinic,
    private readonly people: PeopleOfSession,
    private readonly keepSeats: KeepSeats,
    private readonly cancelSession: CancelSession,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const parsed = parseQuery(SessionsQuery, query);
    const { calendar: calendarId, from } = parsed.ok ? parsed.value : {};
    const day = from ? Temporal.PlainDate.from(from) : localDate(this.clock.now(), 'Europe/Riga');
    const where = {
      ...(calendarId && { calendarId }),
      from: dayBounds(day, 'Europe/Riga').start,
      to: dayBounds(day.add({ days: daysShown }), 'Europe/Riga').start,
    };
    const [sessions, services] = await Promise.all([
      this.sessions.run(staff, staff.clinicId, where),
      this.sessions.services(staff, staff.clinicId),
    ]);
    const path = (first: Temporal.PlainDate): string => {
      const search = new URLSearchParams({ ...(calendarId && { calendar: calendarId }), from: first.toString() });
      return pathTo(language, `/sessions?${search.toString()}`);
    };
    const calendar = services.find((each) => each.calendarId === calendarId);
    const model = {
      days: sessionDays(sessions, language),
      since: formatPlainDate(language, day, 'long'),
      earlier: path(day.subtract({ days: daysShown })),
      later: path(day.add({ days: daysShown })),
      whose: calendar ? `${calendar.name}, ${calendar.branch}` : '',
      everybody: calendarId ? pathTo(language, '/sessions') : '',
      mayPlan: services.some((each) => mayDo(staff, 'hours.edit', each)),
      hasServices: services.length > 0,
      planHref: pathTo(language, calendarId ? `/sessions/new?calendar=${calendarId}` : '/sessions/new'),
    };
    const title = translate(language, 'calendars.sessions.title');
    return this.pages.render('clinic/sessions', model, { request, title, styles, scripts });
  }

  @Get(':id')
  async show(
    @Param('id', IdPipe) id: string,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    return this.page(await this.session(id, staff), staff, request);
  }

  @Post(':id/seats')
  async change(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const session = await this.session(id, actor);
    const parsed = parseForm(SeatsForm, body);
    if (!parsed.ok) return this.page(session, actor, request, parsed.form);
    try {
      await this.keepSeats.run({ actor, sessionId: id, seats: parsed.value.seats });
    } catch (thrown) {
      return this.page(session, actor, request, withRefusal(parsed.form, thrown));
    }
    flash(request, { kind: 'success', key: 'calendars.sessions.seats-kept' });
    return seeOther(pathTo(request.language, '/sessions/', id));
  }

  @Post(':id/cancel')
  async cancel(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    await this.session(id, actor);
    try {
      await this.cancelSession.run({ actor, sessionId: id });
    } catch (thrown) {
      const [error] = thrown instanceof Refusal ? (thrown.details.errors ?? []) : [];
      if (!error) throw thrown;
      flash(request, { kind: 'error', key: error.code });
      return seeOther(pathTo(request.language, '/sessions/', id));
    }
    flash(request, { kind: 'success', key: 'calendars.sessions.cancelled' });
    return seeOther(pathTo(request.language, '/sessions'));
  }

  private async session(id: string, staff: StaffActor): Promise<ClinicSession> {
    const where = { sessionId: id, from: farPast, to: farFuture };
    const [session] = await this.sessions.run(staff, staff.clinicId, where);
    if (!session) throw new Refusal('not-found');
    return session;
  }

  private async page(
    session: ClinicSession,
    staff: StaffActor,
    request: WebRequest,
    sent?: FormState,
  ): Promise<string> {
    const { language } = request;
    const people = await this.people.run(staff, session.id);
    const { zone, id: branchId } = session.branch;
    const day = localDate(session.start, zone);
    const self = pathTo(language, '/sessions/', session.id);
    const isComing = Temporal.Instant.compare(session.start, this.clock.now()) > 0;
    const place = new URLSearchParams({
      branch: branchId,
      day: day.toString(),
      resource: session.resourceId,
      time: localTime(session.start, zone),
    });
    const returnTo = new URLSearchParams({ returnTo: self }).toString();
    const record = { practitionerId: session.resourceId, branchId };
    const model = {
      // Of another practitioner's session only how full it is.
      isHidden: people === null,
      ...sessionLine(session, language),
      day: formatPlainDate(language, day, 'full'),
      zone,
      people: (people ?? []).map((each) => ({
        href: pathTo(language, `/appointments/${each.appointmentId}?${returnTo}`),
        name: each.name,
        status: translate(language, `common.status.${each.status}`),
        isFormer: each.isFormer,
      })),
      form: sent ?? formOf({ seats: session.seats }),
      mayEdit: isComing && mayDo(staff, 'hours.edit', record),
      mayBook:
        isComing && session.isOpen && session.booked < session.seats && mayDo(staff, 'appointments.book', record),
      bookHref: pathTo(language, `/book?${place.toString()}`),
      seatsPath: `${self}/seats`,
      cancelPath: session.booked + session.held === 0 ? `${self}/cancel` : '',
    };
    return this.pages.render('clinic/sessions-one', model, {
      request,
      title: translate(language, 'calendars.sessions.one'),
      status: sent ? 422 : 200,
      styles,
      scripts,
    });
  }
}
