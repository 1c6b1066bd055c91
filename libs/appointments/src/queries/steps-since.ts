import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { Database, Refusal } from '#libs/platform';
import type { ActorKind } from '../appointment.entity.js';
import type { EventKind } from '../appointment-event.entity.js';
import type { Status } from '../rules/status.js';
import { Appointments } from './appointment-view.js';

/** What became of an appointment after somebody had read it. */
export interface SinceRead {
  /** The newest; the one that was read when nothing happened. */
  version: number;
  status: Status;
  timeZone: string;
  /** Oldest first, at most the last five. Changes without a step of the history are not among them. */
  steps: StepSince[];
}

export interface StepSince {
  at: Temporal.Instant;
  kind: EventKind;
  actorKind: ActorKind;
  actorName: string | null;
  toStart: Temporal.Instant;
  /** Who receives the patient since, when somebody else did before; else null. */
  toWhom: string | null;
}

interface Row extends Omit<StepSince, 'at' | 'toStart'> {
  at: Date;
  to_starts_at: Date;
}

/** Who did what to an appointment since a version of it was read: for whoever has it open. */
@Injectable()
export class StepsSince {
  constructor(
    private readonly database: Database,
    private readonly appointments: Appointments,
  ) {}

  /**
   * Which of these are not what was read any more: of the staff member's clinic, others are passed over.
   * @throws Refusal `not-signed-in`
   */
  async changed(
    actor: Actor,
    seen: readonly { id: string; version: number }[],
  ): Promise<{ id: string; version: number }[]> {
    if (actor.kind !== 'staff') throw new Refusal('not-signed-in');
    return this.database.read(
      `select s.id, s.version
         from unnest($2::uuid[], $3::integer[]) as s(id, version)
         join appointment a on a.id = s.id and a.clinic_id = $1 and a.version <> s.version`,
      [actor.clinicId, seen.map(({ id }) => id), seen.map(({ version }) => version)],
    );
  }

  /** @throws Refusal as `Appointments.find` */
  async run(actor: Actor, appointmentId: string, version: number): Promise<SinceRead> {
    const view = await this.appointments.find(actor, appointmentId);
    const { version: newest, status, timeZone } = view;
    if (newest === version) return { version, status, timeZone, steps: [] };
    const rows = await this.database.read<Row>(
      `select e.at, e.kind, e.actor_kind as "actorKind", e.actor_name as "actorName", e.to_starts_at,
              case when e.to_resource_id <> e.from_resource_id
                   then coalesce(d.given_name || ' ' || d.family_name, r.name) end as "toWhom"
         from appointment_event e
         join resource r on r.id = e.to_resource_id
         left join practitioner d on d.id = r.practitioner_id
        where e.appointment_id = $1 and e.version > $2
        order by e.version desc limit 5`,
      [appointmentId, version],
    );
    const steps = rows.reverse().map(({ at, to_starts_at: to, ...rest }) => ({
      ...rest,
      at: at.toTemporalInstant(),
      toStart: to.toTemporalInstant(),
    }));
    return { version: newest, status, timeZone, steps };
  }
}
