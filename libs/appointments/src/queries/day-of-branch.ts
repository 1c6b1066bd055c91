import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import type { Payer } from '#libs/calendars';
import { Database, Refusal, type Words } from '#libs/platform';
import type { Origin } from '../appointment.entity.js';
import type { Status } from '../rules/status.js';

/** One bar of the staff calendar. Instants are ISO text. */
export interface DayAppointment {
  id: string;
  calendarId: string;
  practitionerId: string;
  start: string;
  end: string;
  status: Status;
  payer: Payer;
  origin: Origin;
  version: number;
  patientName: string;
  serviceName: Words;
  /** The opening was withdrawn under it. */
  orphaned: boolean;
  /** Its old time, kept until the clinic answers to the move. */
  formerStart: string | null;
}

/** A column of the day: one practitioner at a branch, with the openings of each of their calendars. */
export interface DayColumn {
  practitionerId: string;
  title: Words;
  givenName: string;
  familyName: string;
  calendars: { id: string; payer: Payer; openings: { start: string; end: string }[] }[];
}

/** Time taken by something that is not an appointment of this branch. */
export interface DayTaken {
  practitionerId: string;
  start: string;
  end: string;
  kind: 'hold' | 'elsewhere';
}

export interface DayOfBranchAnswer {
  branch: { id: string; name: string; timeZone: string };
  /** Changes whenever anything of the day did. */
  version: string;
  columns: DayColumn[];
  appointments: DayAppointment[];
  taken: DayTaken[];
}

/** A day of a branch for its staff: one query for each of the three layers, whatever the number of practitioners. */
@Injectable()
export class DayOfBranch {
  constructor(private readonly database: Database) {}

  /** The version alone, for pages that ask whether anything changed. Refusals: as `run`. */
  async version(actor: Actor, branchId: string): Promise<string> {
    await this.branch(actor, branchId);
    return this.versionOf(branchId);
  }

  private async versionOf(branchId: string): Promise<string> {
    const [row] = await this.database.read<{ version: string | null }>(
      `select (sum(r.version) + count(*))::text
              || '.' || coalesce((select sum(a.version) from appointment a
                                   where a.branch_id = $1 and a.status = 'pending'), 0)::text as version
         from resource r where r.id in (select resource_id from calendar where branch_id = $1)`,
      [branchId],
    );
    return row?.version ?? '0';
  }

  private async branch(actor: Actor, branchId: string): Promise<{ id: string; name: string; timeZone: string }> {
    const [branch] = await this.database.read<{ id: string; name: string; timeZone: string; clinic_id: string }>(
      `select id, name, zone as "timeZone", clinic_id from branch where id = $1`,
      [branchId],
    );
    if (!branch) throw new Refusal('not-found');
    requireStaff(actor, branch.clinic_id, 'calendar.read');
    return { id: branch.id, name: branch.name, timeZone: branch.timeZone };
  }

  /**
   * @param day in the branch's zone
   * @param practitionerIds only these columns; empty means all of the branch
   * @throws Refusal `not-signed-in`, `not-found` another clinic's branch, `not-allowed`
   */
  async run(
    actor: Actor,
    branchId: string,
    day: Temporal.PlainDate,
    practitionerIds: readonly string[] = [],
  ): Promise<DayOfBranchAnswer> {
    const branch = await this.branch(actor, branchId);
    const version = await this.versionOf(branchId);
    const from = day.toZonedDateTime(branch.timeZone).toInstant().toString();
    const to = day.add({ days: 1 }).toZonedDateTime(branch.timeZone).toInstant().toString();
    const only = practitionerIds.length > 0 ? [...practitionerIds] : null;
    const [columns, appointments, taken] = await Promise.all([
      this.database.read<DayColumn>(
        `select p.id as "practitionerId", p.title, p.given_name as "givenName", p.family_name as "familyName",
                json_agg(json_build_object('id', c.id, 'payer', c.payer, 'openings', (
                  select coalesce(json_agg(json_build_object('start', lower(o.during), 'end', upper(o.during)) order by o.during), '[]')
                    from opening o where o.calendar_id = c.id and o.during && tstzrange($2, $3))) order by c.payer desc) as calendars
           from calendar c join practitioner p on p.id = c.resource_id
          where c.branch_id = $1 and ($4::uuid[] is null or p.id = any($4))
          group by p.id order by p.search_name, p.id limit 200`,
        [branchId, from, to, only],
      ),
      this.database.read<DayAppointment>(
        `select a.id, a.calendar_id as "calendarId", a.resource_id as "practitionerId", to_json(a.starts_at)#>>'{}' as start,
                to_json(a.ends_at)#>>'{}' as "end", a.status, a.payer, a.origin, a.version,
                p.given_name || ' ' || p.family_name as "patientName", s.name as "serviceName",
                not exists (select from opening o where o.calendar_id = a.calendar_id and o.during @> tstzrange(a.starts_at, a.ends_at)) as orphaned,
                a.former ->> 'startsAt' as "formerStart"
           from appointment a
           join patient p on p.id = a.patient_id
           join service s on s.id = a.service_id
          where a.branch_id = $1 and a.starts_at >= $2::timestamptz - interval '8 hours' and a.starts_at < $3 and a.ends_at > $2
            and a.status not in ('cancelled', 'entered-in-error')
            and ($4::uuid[] is null or a.resource_id = any($4))
          order by a.starts_at, a.id limit 5000`,
        [branchId, from, to, only],
      ),
      this.database.read<DayTaken>(
        `select o.resource_id as "practitionerId", to_json(lower(o.during))#>>'{}' as start, to_json(upper(o.during))#>>'{}' as "end",
                case when o.owner_kind = 'hold' then 'hold' else 'elsewhere' end as kind
           from occupation o
          where o.resource_id in (select resource_id from calendar where branch_id = $1)
            and o.during && tstzrange($2, $3)
            and ($4::uuid[] is null or o.resource_id = any($4))
            and (o.owner_kind <> 'appointment'
                 or not exists (select from appointment a where a.id = o.owner_id and a.branch_id = $1))
          order by o.during limit 5000`,
        [branchId, from, to, only],
      ),
    ]);
    return { branch, version, columns, appointments, taken };
  }
}
