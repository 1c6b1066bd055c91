import { Injectable } from '@nestjs/common';
import type { Actor, StaffRole } from '#libs/access';
import { Database } from '#libs/platform';
import type { ActorKind, Origin } from '../appointment.entity.js';
import type { EventKind, Place } from '../appointment-event.entity.js';
import type { OverrideKind, OverrideReason } from '../rules/override.js';
import type { Status } from '../rules/status.js';
import type { UntoldCode } from '../rules/untold-codes.js';
import { Appointments } from './appointment-view.js';

/** One step of the history as people read it. */
export interface HistoryLine {
  id: string;
  at: Temporal.Instant;
  kind: EventKind;
  actorKind: ActorKind;
  actorName: string | null;
  /** What a member of staff is at the clinic today; null: it was nobody of the staff. */
  actorRole: StaffRole | null;
  fromStatus: Status | null;
  toStatus: Status;
  fromStart: Temporal.Instant | null;
  fromEnd: Temporal.Instant | null;
  toStart: Temporal.Instant;
  toEnd: Temporal.Instant;
  /** Whom the visit was with before, and after. */
  fromPractitioner: string | null;
  toPractitioner: string;
  /** By which channel the appointment came; of its first step only. */
  origin: Origin | null;
  reasonCode: string | null;
  reasonNote: string | null;
  /** Whether the patient is told of it by letter. */
  tells: boolean;
  /** Why staff chose that the portal does not tell. */
  untoldWhy: UntoldCode | null;
  /** Against what staff booked or moved it knowingly. */
  overrides: OverrideKind[];
  /** Why they did. */
  overrideWhy: OverrideReason | null;
  /** The kind of the step that this one took back. */
  undid: EventKind | null;
  /** Where it was and is, of a step that changed the place alone. */
  fromPlace: Place | null;
  toPlace: Place | null;
}

interface Row extends Omit<HistoryLine, 'at' | 'fromStart' | 'fromEnd' | 'toStart' | 'toEnd'> {
  at: Date;
  from_starts_at: Date | null;
  from_ends_at: Date | null;
  to_starts_at: Date;
  to_ends_at: Date;
}

/** Who did what to an appointment and when, oldest first; at most 200 steps. */
@Injectable()
export class HistoryOfAppointment {
  constructor(
    private readonly database: Database,
    private readonly appointments: Appointments,
  ) {}

  /** @throws Refusal as `Appointments.find` */
  async run(actor: Actor, appointmentId: string): Promise<HistoryLine[]> {
    await this.appointments.find(actor, appointmentId);
    const rows = await this.database.read<Row>(
      `select e.id, e.at, e.kind, e.actor_kind as "actorKind", e.actor_name as "actorName", m.role as "actorRole",
              e.from_status as "fromStatus", e.to_status as "toStatus",
              e.from_starts_at, e.from_ends_at, e.to_starts_at, e.to_ends_at,
              coalesce(fd.given_name || ' ' || fd.family_name, f.name) as "fromPractitioner",
              coalesce(td.given_name || ' ' || td.family_name, t.name) as "toPractitioner",
              case when e.version = 1 then a.origin end as origin,
              e.reason_code as "reasonCode", e.reason_note as "reasonNote", e.tells, e.untold_why as "untoldWhy", e.overrides,
              e.override_why as "overrideWhy",
              u.kind as undid, e.from_place as "fromPlace", e.to_place as "toPlace"
         from appointment_event e
         join appointment a on a.id = e.appointment_id
         join resource t on t.id = e.to_resource_id
         left join practitioner td on td.id = t.practitioner_id
         left join resource f on f.id = e.from_resource_id
         left join practitioner fd on fd.id = f.practitioner_id
         left join staff_member m on m.id = e.actor_id and e.actor_kind = 'staff'
         left join appointment_event u on u.id = e.undoes
        where e.appointment_id = $1
        order by e.version
        limit 200`,
      [appointmentId],
    );
    return rows.map(
      ({ at, from_starts_at: from, from_ends_at: until, to_starts_at: to, to_ends_at: end, ...rest }) => ({
        ...rest,
        at: at.toTemporalInstant(),
        fromStart: from?.toTemporalInstant() ?? null,
        fromEnd: until?.toTemporalInstant() ?? null,
        toStart: to.toTemporalInstant(),
        toEnd: end.toTemporalInstant(),
      }),
    );
  }
}
