import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { type AppointmentView, MoveAppointment, requestOf } from '#libs/appointments';
import { CalendarsOfClinic, type ClinicCalendar, FreeTimes } from '#libs/calendars';
import { CLOCK, type Clock, formatDate, formatDateTime, formatTime, Refusal, translate } from '#libs/platform';
import { instantAt, localDate, localTime, parseDate } from '#libs/time';
import {
  flash,
  formOf,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  parseQuery,
  type SeeOther,
  seeOther,
  type WebRequest,
  withError,
  withRefusal,
} from '#libs/web';
import { overrideOf, type OverrideModel, reasonFor, refusedForm } from '../overriding.js';
import { StaffOf } from '../staff-of.decorator.js';
import { MoveForm, MoveQuery } from './move.form.js';
import { ReadAppointment } from './read-appointment.js';

/** The free times of this many days are listed. */
const daysShown = 14;

/** Why a time cannot be had; each is said beside the time that was asked for. */
const besideTime = { 'slot-taken': 'time', 'not-bookable': 'time', 'patient-busy': 'time', 'other-payer': 'calendar' };

/** Moving without dragging: free times of whoever gives the same service at the same branch for the same payer. */
@Controller(':language/appointments/:id/move')
export class MoveController {
  constructor(
    private readonly pages: Pages,
    private readonly reading: ReadAppointment,
    private readonly calendars: CalendarsOfClinic,
    private readonly freeTimes: FreeTimes,
    private readonly moveAppointment: MoveAppointment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Query() query: Record<string, unknown>,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const parsed = parseQuery(MoveQuery, query);
    const wanted = parsed.ok ? parsed.value : new MoveQuery();
    return this.page(id, staff, request, { ...wanted, returnTo: query['returnTo'] });
  }

  @Post()
  async move(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(MoveForm, body);
    const returnTo = parsed.form.values['returnTo'];
    if (!parsed.ok) return this.page(id, actor, request, { returnTo, form: parsed.form });
    const { version, calendar: calendarId, reason, idempotencyKey, day, time } = parsed.value;
    const view = await this.reading.find(actor, id);
    const date = day === undefined ? null : parseDate(day);
    const typed = date && time ? instantAt(date, time, view.timeZone) : null;
    const start = parsed.value.start ? Temporal.Instant.from(parsed.value.start) : typed;
    const again = (form: FormState, override: OverrideModel | null = null): Promise<string> =>
      this.page(id, actor, request, { calendar: calendarId, from: day, returnTo, form, override });
    if (start === null) return again(withError(parsed.form, date ? 'time' : 'day', 'required'));
    const to = { calendarId, serviceId: view.service.id, start };
    const override = reasonFor(parsed.value, start);
    const asked = { id, version, calendarId, start: start.toString(), override };
    try {
      const wish = { actor, id, version, to, override, ...(reason && { reason }) };
      await this.moveAppointment.run({
        ...wish,
        request: requestOf(actor, 'POST appointments/move', idempotencyKey, asked),
      });
    } catch (error) {
      const calendar = (await this.calendars.run(actor.clinicId)).find((each) => each.id === calendarId);
      const model = overrideOf(actor, error, { start, calendar, language: request.language });
      if (model && error instanceof Refusal) return again(refusedForm(parsed.form, 'time', error, start), model);
      return again(withRefusal(parsed.form, error, besideTime));
    }
    const { language } = request;
    const moved = await this.reading.find(actor, id);
    const args = { at: formatDateTime(language, start, view.timeZone), practitioner: moved.practitioner.name };
    flash(request, { kind: 'success', key: 'clinic.move.done', args });
    // Whoever came from the calendar sees the day that the visit is on now, in whosever column.
    const isFromCalendar = typeof returnTo !== 'string' || /^\/[a-z]{2}\/calendar\b/.test(returnTo);
    return seeOther(this.reading.returnTo(moved, isFromCalendar ? undefined : returnTo, language));
  }

  private async page(
    id: string,
    staff: StaffActor,
    request: WebRequest,
    wish: {
      calendar?: string | undefined;
      from?: string | undefined;
      returnTo: unknown;
      form?: FormState;
      override?: OverrideModel | null;
    },
  ): Promise<string> {
    const { language } = request;
    const view = await this.reading.find(staff, id);
    const appointment = await this.reading.model(staff, id, { language, returnTo: wish.returnTo, purpose: 'booking' });
    if (!appointment.may.move) throw new Refusal('wrong-state');
    const offers = (await this.calendars.run(staff.clinicId)).filter((calendar) => isOffer(calendar, view));
    const chosen =
      offers.find(({ id: each }) => each === wish.calendar) ?? offers.find(({ id: each }) => each === view.calendarId);
    const today = localDate(this.clock.now(), view.timeZone);
    const visitDay = localDate(view.start, view.timeZone);
    const wanted = (wish.from ? parseDate(wish.from) : null) ?? visitDay;
    const from = Temporal.PlainDate.compare(wanted, today) < 0 ? today : wanted;
    const days = chosen ? await this.daysOf(chosen.id, view, from, language) : [];
    const model = {
      appointment,
      offers: offers.map(({ id: value, name }) => ({ value, label: name })),
      filter: formOf({ calendar: chosen?.id, from: from.toString() }),
      chosenId: chosen?.id ?? view.calendarId,
      chosenName: chosen?.name ?? '',
      form:
        wish.form ??
        formOf({ version: view.version, day: visitDay.toString(), time: localTime(view.start, view.timeZone) }),
      days,
      override: wish.override ?? null,
    };
    return this.pages.render('clinic/move', model, {
      request,
      title: translate(language, 'clinic.move.title'),
      styles: ['staff.css'],
      scripts: ['auto-submit.js', 'shortcuts.js'],
      status: wish.form ? 422 : 200,
    });
  }

  /** Free times by local day; the appointment's own time counts as free. */
  private async daysOf(
    calendarId: string,
    view: AppointmentView,
    from: Temporal.PlainDate,
    language: WebRequest['language'],
  ): Promise<{ heading: string; times: { value: string; label: string }[] }[]> {
    const { timeZone: zone } = view;
    const { slots } = await this.freeTimes.slots({
      calendarId,
      serviceId: view.service.id,
      from: from.toZonedDateTime(zone).toInstant(),
      to: from.add({ days: daysShown }).toZonedDateTime(zone).toInstant(),
      moving: view.id,
    });
    const starts = slots.map(({ start }) => Temporal.Instant.from(start)).filter((start) => !start.equals(view.start));
    return [...Map.groupBy(starts, (start) => localDate(start, zone).toString()).values()].map((times) => ({
      heading: formatDate(language, times[0] ?? view.start, zone, 'full'),
      times: times.map((start) => ({ value: start.toString(), label: formatTime(language, start, zone) })),
    }));
  }
}

const isOffer = (calendar: ClinicCalendar, view: AppointmentView): boolean =>
  calendar.branch.id === view.branch.id &&
  calendar.payer === view.payer &&
  calendar.services.some(({ id }) => id === view.service.id);
