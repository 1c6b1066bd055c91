import { Body, Controller, Headers, HttpCode, Param, Post, Req } from '@nestjs/common';
import { IsInt, IsUUID, Matches, Max, Min } from 'class-validator';
import type { StaffActor } from '#libs/access';
import { Appointments, MoveAppointment, requestOf } from '#libs/appointments';
import { CalendarsOfClinic } from '#libs/calendars';
import { formatDateTime, Refusal, translate } from '#libs/platform';
import { instantAt, parseDate } from '#libs/time';
import { IdPipe, type WebRequest } from '#libs/web';
import type { MovedJson } from '../browser/day-json.js';
import { StaffOf } from '../staff-of.decorator.js';

/** Where something was dropped: a column, and what its clock shows there. */
class DropRequest {
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  version: number;

  @IsUUID()
  resourceId: string;

  /** 'YYYY-MM-DDTHH:MM' of the branch's wall clock. */
  @Matches(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/)
  start: string;
}

/** Dragging asks the same verb as the form does; the grid puts the visit back when it is refused. */
@Controller('api/calendar/appointments')
export class DragController {
  constructor(
    private readonly appointments: Appointments,
    private readonly calendars: CalendarsOfClinic,
    private readonly moveAppointment: MoveAppointment,
  ) {}

  @Post(':id/move')
  @HttpCode(200)
  async move(
    @Param('id', IdPipe) id: string,
    @Body() drop: DropRequest,
    @Headers('idempotency-key') key: string | undefined,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<MovedJson> {
    if (!key || !/^[\w-]{8,64}$/.test(key)) throw new Refusal('idempotency-key-missing');
    const view = await this.appointments.find(actor, id);
    const day = parseDate(drop.start.slice(0, 10));
    if (day === null) throw new Refusal('invalid', { errors: [{ path: 'start', code: 'date' }] });
    const start = instantAt(day, drop.start.slice(11), view.timeZone);
    const calendarId = await this.calendars.counterpart(actor.clinicId, view.calendarId, drop.resourceId);
    // The column has no calendar for this payer here: moving there would change who pays (promise 7).
    if (calendarId === undefined) throw new Refusal('other-payer');
    const { version } = drop;
    await this.moveAppointment.run({
      actor,
      id,
      version,
      to: { calendarId, serviceId: view.service.id, start },
      request: requestOf(actor, 'POST calendar/move', key, { id, version, calendarId, start: start.toString() }),
    });
    const moved = await this.appointments.find(actor, id);
    const { language } = request;
    const name = `${moved.patient.givenName} ${moved.patient.familyName}`;
    const time = formatDateTime(language, moved.start, moved.timeZone, 'weekday');
    const practitioner = moved.practitioner.name;
    return {
      id,
      version: moved.version,
      message: translate(language, 'clinic.move.moved', { name, time, practitioner }),
    };
  }
}
