import { Body, Controller, Get, Inject, Param, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import { type StaffActor, within } from '#libs/access';
import { type AppointmentView, MoveAppointment, requestOf } from '#libs/appointments';
import { CalendarsOfClinic, type ClinicCalendar, FreeTimes } from '#libs/calendars';
import {
  CLOCK,
  type Clock,
  formatDate,
  formatDateTime,
  formatTime,
  type Language,
  Refusal,
  type RefusalCode,
  translate,
} from '#libs/platform';
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
import { ChangedMeanwhile } from '../live/changed-meanwhile.js';
import { type OverrideModel, Overriding, reasonFor, refusedForm } from '../overriding.js';
import { StaffOf } from '../staff-of.decorator.js';
import { refusedKey, StaffWords } from '../staff-words.js';
import { MoveForm, MoveQuery } from './move.form.js';
import { ReadAppointment } from './read-appointment.js';
import { reasonChoices } from './reason-choices.js';
import { startOf } from './move-to.js';
import { tellChoices } from './told-or-not.js';
import { onItsDay } from './undo.controller.js';
import { undoOffer } from './undo-offer.js';

/** The free times of this many days are listed. */
const daysShown = 14;

/** Why a time cannot be had; each is said beside the time that was asked for. */
const besideTime: Partial<Record<RefusalCode, string>> = {
  'slot-taken': 'time',
  'not-bookable': 'time',
  'patient-busy': 'time',
  'other-payer': 'calendar',
};

/** Moving without dragging: free times of whoever gives the same service for the same payer, at any branch. */
@Controller(':language/appointments/:id/move')
@UseInterceptors(StaffWords)
export class MoveController {
  constructor(
    private readonly pages: Pages,
    private readonly reading: ReadAppointment,
    private readonly calendars: CalendarsOfClinic,
    private readonly freeTimes: FreeTimes,
    private readonly moveAppointment: MoveAppointment,
    private readonly changed: ChangedMeanwhile,
    private readonly overriding: Overriding,
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
    const dragged = await this.draggedTo(id, staff, wanted);
    return this.page(id, staff, request, { ...wanted, ...dragged, returnTo: query['returnTo'] });
  }

  /** Where a drag was refused, if the page was opened from there. */
  private async draggedTo(
    id: string,
    staff: StaffActor,
    { resource, branch, at }: MoveQuery,
  ): Promise<{ calendar: string; from: string; start: Temporal.Instant } | null> {
    if (!resource || !at) return null;
    const { calendarId, service } = await this.reading.find(staff, id);
    const from = { calendarId, serviceId: service.id };
    const there = await this.calendars.counterpart(staff.clinicId, from, { resourceId: resource, branchId: branch });
    return there?.serves ? { calendar: there.id, from: at.slice(0, 10), start: startOf(at, there.zone) } : null;
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
    const { version, calendar: calendarId, reason, untold, idempotencyKey, day, time } = parsed.value;
    const view = await this.reading.find(actor, id);
    const calendar = (await this.calendars.run(actor.clinicId, within(actor, 'appointments.change'))).find(
      (each) => each.id === calendarId,
    );
    const date = day === undefined ? null : parseDate(day);
    const typed = date && time ? instantAt(date, time, calendar?.branch.zone ?? view.timeZone) : null;
    const start = parsed.value.start ? Temporal.Instant.from(parsed.value.start) : typed;
    const again = (form: FormState, override: OverrideModel | null = null): Promise<string> =>
      this.page(id, actor, request, { calendar: calendarId, from: day, returnTo, form, override });
    if (start === null) return again(withError(parsed.form, date ? 'time' : 'day', 'required'));
    const to = { calendarId, serviceId: view.service.id, start };
    const override = reasonFor(parsed.value, start);
    // A length that was left as it is goes with the visit; another practitioner's usual one is theirs.
    const minutes = parsed.value.minutes === view.service.minutes ? undefined : parsed.value.minutes;
    const asked = { id, version, calendarId, start: start.toString(), override, minutes, reason, untold };
    try {
      const wish = { actor, id, version, to, override, ...(reason && { reason }), ...(untold && { untold }) };
      await this.moveAppointment.run({
        ...wish,
        ...(minutes !== undefined && { minutes }),
        request: requestOf(actor, 'POST appointments/move', idempotencyKey, asked),
      });
    } catch (error) {
      const where = { staff: actor, id, step: 'move', request } as const;
      const changed = await this.changed.answer(parsed.form, error, where, again);
      if (changed !== null) return changed;
      const model = await this.overriding.after(actor, error, {
        ...to,
        calendar,
        minutes: minutes ?? null,
        ignored: id,
        language: request.language,
      });
      if (model && error instanceof Refusal) return again(refusedForm(parsed.form, 'time', error, start), model);
      return again(refusedBeside(parsed.form, error));
    }
    const { language } = request;
    const moved = await this.reading.find(actor, id);
    flash(request, { kind: 'success', ...doneWords(view, moved, language), undo: undoOffer(moved, language) });
    // Whoever came from the calendar sees the day that the visit is on now, in whosever column.
    return seeOther(this.reading.returnTo(moved, onItsDay(moved, returnTo), language));
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
      start?: Temporal.Instant | undefined;
      minutes?: number | undefined;
    },
  ): Promise<string> {
    const { language } = request;
    const view = await this.reading.toDo(staff, id, 'appointments.change');
    const appointment = await this.reading.model(staff, view, {
      language,
      returnTo: wish.returnTo,
      purpose: 'booking',
    });
    if (!appointment.may.move) throw new Refusal('wrong-state');
    const offers = (await this.calendars.run(staff.clinicId, within(staff, 'appointments.change'))).filter((calendar) =>
      isOffer(calendar, view),
    );
    const hasBranches = offers.some(({ branch }) => branch.id !== view.branch.id);
    const nameOf = ({ name, branch }: ClinicCalendar): string => (hasBranches ? `${name}, ${branch.name}` : name);
    const chosen =
      offers.find(({ id: each }) => each === wish.calendar) ?? offers.find(({ id: each }) => each === view.calendarId);
    const zone = chosen?.branch.zone ?? view.timeZone;
    const today = localDate(this.clock.now(), view.timeZone);
    const visitDay = localDate(view.start, view.timeZone);
    const wanted = (wish.from ? parseDate(wish.from) : null) ?? visitDay;
    const from = Temporal.PlainDate.compare(wanted, today) < 0 ? today : wanted;
    const days = chosen ? await this.daysOf(chosen.id, view, from, language) : [];
    const model = {
      appointment,
      offers: offers.map((each) => ({ value: each.id, label: nameOf(each) })),
      filter: formOf({ calendar: chosen?.id, from: from.toString() }),
      chosenId: chosen?.id ?? view.calendarId,
      chosenName: chosen ? nameOf(chosen) : '',
      usualMinutes: chosen?.services.find(({ id: each }) => each === view.service.id)?.minutes ?? view.service.minutes,
      form:
        wish.form ??
        formOf({
          version: view.version,
          day: localDate(wish.start ?? view.start, zone).toString(),
          time: localTime(wish.start ?? view.start, zone),
          minutes: wish.minutes ?? view.service.minutes,
        }),
      reasons: [
        { value: '', label: translate(language, 'moves.no-reason') },
        ...reasonChoices(language, ['duplicate']),
      ],
      tell: tellChoices(language),
      days,
      override: wish.override ?? (await this.againstDrag(staff, view, chosen, wish, language)),
    };
    return this.pages.render('clinic/move', model, {
      request,
      title: translate(language, 'clinic.move.title'),
      styles: ['staff.css'],
      scripts: ['auto-submit.js', 'shortcuts.js', 'changed-meanwhile.js', 'live.js'],
      status: wish.form ? 422 : 200,
    });
  }

  /** What stands against the time that something was dragged to. */
  private async againstDrag(
    staff: StaffActor,
    { id, service }: AppointmentView,
    calendar: ClinicCalendar | undefined,
    { start, minutes = service.minutes }: { start?: Temporal.Instant | undefined; minutes?: number | undefined },
    language: Language,
  ): Promise<OverrideModel | null> {
    if (start === undefined) return null;
    return this.overriding.ask(staff, { serviceId: service.id, start, minutes, ignored: id, calendar, language });
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

/** What was done: moved, or made longer or shorter where it is. */
function doneWords(
  before: AppointmentView,
  { start, end, timeZone: zone, practitioner }: AppointmentView,
  language: Language,
): { key: string; args: Record<string, string> } {
  const args = { at: formatDateTime(language, start, zone), practitioner: practitioner.name };
  const isThere = before.start.equals(start) && before.practitioner.id === practitioner.id;
  return isThere && !before.end.equals(end)
    ? { key: 'moves.resized-done', args: { ...args, to: formatTime(language, end, zone) } }
    : { key: 'clinic.move.done', args };
}

/** The form with what was refused beside its field, in words for the desk. @throws what has no field */
function refusedBeside(form: FormState, error: unknown): FormState {
  if (!(error instanceof Refusal)) throw error;
  const field = besideTime[error.code];
  if (field !== undefined) return withError(form, field, refusedKey(error));
  // The visit itself was found: it is the service that is not given there.
  if (error.code === 'not-found') return withError(form, 'calendar', 'moves.refused.not-offered');
  return withRefusal(form, error);
}

const isOffer = (calendar: ClinicCalendar, view: AppointmentView): boolean =>
  calendar.payer === view.payer && calendar.services.some(({ id }) => id === view.service.id);
