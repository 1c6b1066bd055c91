import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { Database } from '#libs/platform';
import type { ActorKind } from '../appointment.entity.js';
import type { EventKind } from '../appointment-event.entity.js';
import type { Status } from '../rules/status.js';
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
  toStart: Temporal.Instant;
  reasonCode: string | null;
  reasonNote: string | null;
}

interface Row extends Omit<HistoryLine, 'at' | 'fromStart' | 'toStart'> {
  at: Date;
  from_starts_at: Date | null;
  to_starts_at: Date;
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
      `select id, at, kind, actor_kind as "actorKind", actor_name as "actorName", from_status as "fromStatus",
              to_status as "toStatus", from_starts_at, to_starts_at, reason_code as "reasonCode", reason_note as "reasonNote"
         from appointment_event where appointment_id = $1 order by version limit 200`,
      [appointmentId],
    );
    return rows.map(({ at, from_starts_at: from, to_starts_at: to, ...rest }) => ({
      ...rest,
      at: at.toTemporalInstant(),
      fromStart: from?.toTemporalInstant() ?? null,
      toStart: to.toTemporalInstant(),
    }));
  }
}
