import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { Database } from '#libs/platform';
import type { ActorKind } from '../appointment.entity.js';
import type { EventKind, OverrideKind } from '../appointment-event.entity.js';
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
  fromStatus: Status | null;
  toStatus: Status;
  fromStart: Temporal.Instant | null;
  fromEnd: Temporal.Instant | null;
  toStart: Temporal.Instant;
  toEnd: Temporal.Instant;
  /** Names of who received, or of the room that was booked by itself; the same where only the time changed. */
  fromPractitioner: string | null;
  toPractitioner: string;
  reasonCode: string | null;
  reasonNote: string | null;
  /** Whether the portal tells the patient, and why not where staff chose so. */
  tells: boolean;
  untoldWhy: UntoldCode | null;
  /** The step that this one took back. */
  undoes: string | null;
  overrides: OverrideKind[];
}

interface Row extends Omit<HistoryLine, 'at' | 'fromStart' | 'fromEnd' | 'toStart' | 'toEnd'> {
  at: Date;
  from_starts_at: Date | null;
  from_ends_at: Date | null;
  to_starts_at: Date;
  to_ends_at: Date;
}

const nameOf = (resource: string): string => `
  (select coalesce(d.given_name || ' ' || d.family_name, r.name)
     from resource r left join practitioner d on d.id = r.practitioner_id where r.id = ${resource})`;

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
      `select e.id, e.at, e.kind, e.actor_kind as "actorKind", e.actor_name as "actorName", e.from_status as "fromStatus",
              e.to_status as "toStatus", e.from_starts_at, e.from_ends_at, e.to_starts_at, e.to_ends_at,
              ${nameOf('e.from_resource_id')} as "fromPractitioner", ${nameOf('e.to_resource_id')} as "toPractitioner",
              e.reason_code as "reasonCode", e.reason_note as "reasonNote", e.tells, e.untold_why as "untoldWhy", e.undoes,
              e.overrides
         from appointment_event e where e.appointment_id = $1 order by e.version limit 200`,
      [appointmentId],
    );
    return rows.map(
      ({ at, from_starts_at: from, from_ends_at: fromEnd, to_starts_at: to, to_ends_at: toEnd, ...rest }) => ({
        ...rest,
        at: at.toTemporalInstant(),
        fromStart: from?.toTemporalInstant() ?? null,
        fromEnd: fromEnd?.toTemporalInstant() ?? null,
        toStart: to.toTemporalInstant(),
        toEnd: toEnd.toTemporalInstant(),
      }),
    );
  }
}
