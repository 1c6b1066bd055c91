import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import {
  Appointments,
  type AppointmentView,
  MoveAppointment,
  type ReasonCode,
  requestOf,
  type UntoldCode,
} from '#libs/appointments';
import { CalendarsOfClinic } from '#libs/calendars';
import { Refusal } from '#libs/platform';
import { instantAt, parseDate, parseInstant } from '#libs/time';

interface WantedMove {
  id: string;
  /** The version that was seen. */
  version: number;
  /** Whose column it is moved to. */
  resourceId: string;
  /** Where the column stands; the visit's own branch unless told. */
  branchId?: string | undefined;
  /** `YYYY-MM-DDTHH:MM` of that branch's clock, with an offset where it shows the same twice; or an instant. */
  start: string | Temporal.Instant;
  /** Its length; without it the length stays. */
  minutes?: number | undefined;
  reason?: ReasonCode | null | undefined;
  untold?: UntoldCode | null | undefined;
  endpoint: string;
  key: string;
  /** What makes two requests the same, where the start is reckoned from where the visit stands. */
  asked?: object;
}

/** Moves a visit into a column of the calendar: its practitioner's calendar there, for the same service and payer. */
@Injectable()
export class MoveTo {
  constructor(
    private readonly appointments: Appointments,
    private readonly calendars: CalendarsOfClinic,
    private readonly moveAppointment: MoveAppointment,
  ) {}

  /**
   * @returns the appointment before and after
   * @throws Refusal `other-payer` where the column has no calendar for this payer, `not-bookable` why `not-offered` where the
   *   service is not given, `invalid`, and those of `MoveAppointment`
   */
  async run(actor: StaffActor, wish: WantedMove): Promise<{ before: AppointmentView; moved: AppointmentView }> {
    const { id, version, minutes, reason = null, untold = null } = wish;
    const before = await this.appointments.find(actor, id);
    const serviceId = before.service.id;
    const there = await this.calendars.counterpart(actor.clinicId, { calendarId: before.calendarId, serviceId }, wish);
    // The column has no calendar for this payer here: moving there would change who pays (promise 7).
    if (there === undefined) throw new Refusal('other-payer');
    if (!there.serves) throw new Refusal('not-bookable', { why: 'not-offered' });
    const start = typeof wish.start === 'string' ? startOf(wish.start, there.zone) : wish.start;
    const asked = wish.asked ?? { id, version, calendarId: there.id, start: start.toString(), minutes, reason, untold };
    await this.moveAppointment.run({
      actor,
      id,
      version,
      to: { calendarId: there.id, serviceId, start },
      ...(minutes !== undefined && { minutes }),
      reason,
      untold,
      request: requestOf(actor, wish.endpoint, wish.key, asked),
    });
    return { before, moved: await this.appointments.find(actor, id) };
  }
}

/** The moment of what a branch's clock shows, `YYYY-MM-DDTHH:MM` with an offset where it is needed. @throws Refusal `invalid` */
export function startOf(text: string, zone: string): Temporal.Instant {
  const day = parseDate(text.slice(0, 10));
  if (day === null) throw new Refusal('invalid', { errors: [{ path: 'start', code: 'date' }] });
  const instant =
    text.length > 16 ? parseInstant(`${text.slice(0, 16)}:00${text.slice(16)}`) : instantAt(day, text.slice(11), zone);
  if (instant === null) throw new Refusal('invalid', { errors: [{ path: 'start', code: 'instant' }] });
  return instant;
}
