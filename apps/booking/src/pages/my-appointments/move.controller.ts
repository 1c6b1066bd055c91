import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { IsOptional, IsUUID, Matches } from 'class-validator';
import { Appointments, type AppointmentView, MoveAppointment, requestOf } from '#libs/appointments';
import { FindATime, type Found } from '#libs/calendars';
import { CLOCK, type Clock, type Language, Refusal, translate, wordsIn } from '#libs/platform';
import { EmergencyNear } from '#libs/profiles';
import { parseDate, parseInstant } from '#libs/time';
import {
  flash,
  IdempotencyKey,
  IdPipe,
  LanguageOf,
  Pages,
  parseForm,
  parseQuery,
  pathTo,
  seeOther,
  SeenVersion,
  type SeeOther,
  type WebRequest,
} from '#libs/web';
import { type CalendarModel, calendarModel } from '../doctor/calendar.view.js';
import { TimesOfWeek } from '../doctor/times-of-calendar.js';
import { momentIn } from '../zone-words.js';
import { appointmentModel } from './appointment.view.js';
import { askWho, isSignedIn } from './signed-in.js';

const instantPattern = /^[\dTZ:.+-]{16,40}$/;

class TimesForm {
  @IsOptional() @IsUUID('loose') calendar?: string;
  @IsOptional() @Matches(/^\d{4}-\d\d-\d\d$/) day?: string;
}

class ChoiceForm {
  @IsUUID('loose') calendarId: string;
  @IsUUID('loose') serviceId: string;
  @Matches(instantPattern, { message: 'instant' }) start: string;
}

class MoveForm extends ChoiceForm {
  @SeenVersion() version: number;
  @IdempotencyKey() idempotencyKey: string;
}

/** Refusals after which another time is chosen. */
const chooseAgain: ReadonlySet<string> = new Set([
  'slot-taken',
  'not-bookable',
  'patient-busy',
  'state-changed',
  'wrong-state',
  'in-progress',
]);

const placeOf = ({ clinic, branch }: Found): string => `${clinic.name}, ${branch.address}, ${branch.city}`;

/** The time that the visit has already is free for it, yet nothing to move to. */
function withoutStart(calendar: CalendarModel, start: Temporal.Instant): CalendarModel {
  const days = calendar.days.map((day) => ({
    ...day,
    slots: day.slots.filter((slot) => !Temporal.Instant.from(slot.start).equals(start)),
  }));
  return { ...calendar, days, freeDays: days.filter(({ slots }) => slots.length > 0) };
}

/** Moving: choose a new time of the same payer, see both, press one button. The old one is given free only then. */
@Controller(':language/appointments/:id/move')
export class MoveController {
  constructor(
    private readonly pages: Pages,
    private readonly appointments: Appointments,
    private readonly moveAppointment: MoveAppointment,
    private readonly findATime: FindATime,
    private readonly times: TimesOfWeek,
    private readonly emergency: EmergencyNear,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async choose(
    @Param('id', IdPipe) id: string,
    @Query() query: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const view = await this.appointments.find(actor, id);
    const appointment = appointmentModel(language, view, this.clock.now());
    if (!appointment.canMove) return seeOther(appointment.path);
    const parsed = parseQuery(TimesForm, query);
    const asked = parsed.ok ? parsed.value : new TimesForm();
    const calendars = await this.calendarsFor(view);
    const chosen =
      calendars.find(({ calendarId }) => calendarId === (asked.calendar ?? view.calendarId)) ?? calendars[0];
    const service = chosen?.services.find((each) => each.id === view.service.id) ?? chosen?.services[0];
    if (!chosen || !service) throw new Refusal('not-found');
    const here = `${appointment.path}/move`;
    const hrefOf = (changes: Record<string, string>): string =>
      `${here}?${new URLSearchParams({ calendar: chosen.calendarId, ...changes })}`;
    const times = await this.times.run(language, {
      calendarId: chosen.calendarId,
      serviceId: service.id,
      zone: chosen.branch.timeZone,
      day: asked.day === undefined ? null : parseDate(asked.day),
      moving: id,
    });
    const calendar = withoutStart(
      calendarModel(language, times, (day) => hrefOf({ day })),
      view.start,
    );
    const isEmpty = calendar.freeDays.length === 0;
    return this.pages.render(
      'booking/move',
      {
        appointment,
        now: momentIn(language, view.start, view.timeZone),
        isManual: chosen.confirmation === 'manual',
        calendar,
        emergencies: isEmpty ? await this.emergency.run({ branchId: chosen.branch.id }) : [],
        place: placeOf(chosen),
        price: service.priceCents || null,
        places:
          calendars.length < 2
            ? []
            : calendars.map((each) => ({
                href: hrefOf({ calendar: each.calendarId }),
                label: `${each.branch.city}, ${each.branch.name}`,
                isCurrent: each.calendarId === chosen.calendarId,
              })),
        payer: view.payer,
        action: `${here}/choose`,
        fields: { calendarId: chosen.calendarId, serviceId: service.id },
      },
      { request, title: translate(language, 'booking.move.title') },
    );
  }

  /** A chosen time leads to the page that shows both: nothing is changed yet. */
  @Post('choose')
  async chosen(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @LanguageOf() language: Language,
  ): Promise<SeeOther> {
    const parsed = parseForm(ChoiceForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { calendarId, serviceId, start } = parsed.value;
    return Promise.resolve(
      seeOther(
        pathTo(
          language,
          '/appointments/',
          id,
          `/move/confirm?${new URLSearchParams({ calendarId, serviceId, start })}`,
        ),
      ),
    );
  }

  @Get('confirm')
  async confirm(
    @Param('id', IdPipe) id: string,
    @Query() query: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const view = await this.appointments.find(actor, id);
    const appointment = appointmentModel(language, view, this.clock.now());
    const parsed = parseQuery(ChoiceForm, query);
    const start = parsed.ok ? parseInstant(parsed.value.start) : null;
    const calendars = await this.calendarsFor(view);
    const chosen = parsed.ok ? calendars.find(({ calendarId }) => calendarId === parsed.value.calendarId) : undefined;
    const service = parsed.ok ? chosen?.services.find(({ id }) => id === parsed.value.serviceId) : undefined;
    if (!parsed.ok || !chosen || !service || start === null || !appointment.canMove)
      return seeOther(`${appointment.path}/move`);
    return this.pages.render(
      'booking/move-confirm',
      {
        appointment,
        from: momentIn(language, view.start, view.timeZone),
        to: momentIn(language, start, chosen.branch.timeZone),
        place: placeOf(chosen),
        service: wordsIn(language, service.name),
        payer: view.payer,
        price: service.priceCents || null,
        isManual: chosen.confirmation === 'manual',
        fields: { ...parsed.value, version: String(view.version) },
        action: `${appointment.path}/move`,
      },
      { request, title: translate(language, 'booking.move.confirmHeading') },
    );
  }

  @Post()
  async move(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const parsed = parseForm(MoveForm, body);
    const start = parsed.ok ? parseInstant(parsed.value.start) : null;
    if (!parsed.ok || start === null) throw new Refusal('invalid');
    const { version, calendarId, serviceId, idempotencyKey } = parsed.value;
    const here = pathTo(language, '/appointments/', id);
    try {
      const asked = { id, version, calendarId, serviceId, start: start.toString() };
      await this.moveAppointment.run({
        actor,
        id,
        version,
        to: { calendarId, serviceId, start },
        request: requestOf(actor, 'POST /appointments/:id/move', idempotencyKey, asked),
      });
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || !chooseAgain.has(thrown.code)) throw thrown;
      const { why } = thrown.details;
      flash(request, {
        kind: 'error',
        key: thrown.code === 'wrong-state' && why ? `refusals.why.${why}` : `refusals.${thrown.code}.detail`,
      });
      return seeOther(`${here}/move`);
    }
    const view = await this.appointments.find(actor, id);
    flash(request, {
      kind: 'success',
      key: view.status === 'pending' ? 'booking.move.requested' : 'booking.move.done',
    });
    return seeOther(here);
  }

  /** Calendars of the same practitioner, clinic and payer: the payer never changes by moving (promise 7). */
  private async calendarsFor(view: AppointmentView): Promise<Found[]> {
    const { items } = await this.findATime.run({
      practitioner: view.practitioner.id,
      clinic: view.clinic.id,
      payer: view.payer,
      limit: 50,
    });
    return items;
  }
}
