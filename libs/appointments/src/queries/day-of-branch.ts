import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireSomewhere, within } from '#libs/access';
import type { Payer } from '#libs/calendars';
import { CLOCK, type Clock, Database, Refusal, type Words } from '#libs/platform';
import type { Origin } from '../appointment.entity.js';

/** The staff's day of one branch. Times are seconds since 1970, because 1,200 appointments have many of them. */
export interface DayOfBranchAnswer {
  branch: { id: string; name: string; timeZone: string };
  /** From local midnight to the next. */
  start: number;
  end: number;
  /** The finest grid of the calendars, in minutes: starts between its lines are never bookable. */
  grid: number;
  /** Whoever or whatever has a calendar there, by family name, and the rooms and devices that visits take. */
  columns: DayColumn[];
  openings: DayOpening[];
  appointments: DayAppointment[];
  sessions: DaySession[];
  taken: DayTaken[];
  /** Changes whenever one of the above does. */
  version: string;
}

export interface DayColumn {
  resourceId: string;
  kind: 'practitioner' | 'room' | 'device';
  name: string;
  title: Words;
  /** None: a room or device that cannot be booked by itself. */
  payers: Payer[];
}

export interface DayOpening {
  resourceId: string;
  payer: Payer;
  start: number;
  end: number;
}

export interface DayAppointment {
  id: string;
  resourceId: string;
  payer: Payer;
  status: 'pending' | 'booked' | 'arrived' | 'checked-in' | 'fulfilled' | 'noshow';
  origin: Origin;
  start: number;
  end: number;
  version: number;
  patientName: string;
  serviceName: Words;
  /** The group session that it is a seat of. */
  sessionId: string | null;
}

/** A group session with its seats; who sits there is among the appointments. */
export interface DaySession {
  id: string;
  resourceId: string;
  payer: Payer;
  serviceName: Words;
  start: number;
  end: number;
  seats: number;
  /** Booked, and held at the moment. */
  taken: number;
}

/** Time taken by what is no appointment of this branch on this day, buffers included. */
export interface DayTaken {
  resourceId: string;
  /** `inside`: a room or device that a visit of this branch takes. */
  kind: 'hold' | 'former' | 'elsewhere' | 'inside';
  /** Whose visit is inside. */
  by: string | null;
  start: number;
  end: number;
}

/** What both statements look at: the branch's local day, its resources and the time taken there. */
const scope = `
  with place as (
    select b.id, b.clinic_id, b.name, b.zone, $2::date::timestamp at time zone b.zone as first,
           ($2::date + 1)::timestamp at time zone b.zone as last
      from branch b
     where b.id = $1
  ), columns as (
    select c.resource_id, jsonb_agg(distinct c.payer) as payers, min(c.grid_minutes) as grid
      from calendar c
      join place on c.branch_id = place.id
     where $3::uuid[] is null or c.resource_id = any($3)
     group by c.resource_id
  ), looked as (
    select resource_id from columns
     union
    select r.id
      from place
      join resource r on r.branch_id = place.id and r.capability is not null and r.active
     where $3::uuid[] is null or r.id = any($3)
  ), sessions as (
    select g.id, g.service_id, g.starts_at, g.ends_at, g.seats, c.resource_id, c.payer
      from place
      join calendar c on c.branch_id = place.id
      join columns on columns.resource_id = c.resource_id
      join group_session g on g.calendar_id = c.id and g.starts_at >= place.first and g.starts_at < place.last
  ), visits as (
    select a.*
      from place
      join appointment a on a.branch_id = place.id and a.starts_at >= place.first and a.starts_at < place.last
      join columns on columns.resource_id = a.resource_id
     where a.status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'noshow')
  ), taken as (
    select o.resource_id, o.owner_kind, o.owner_id, o.during
      from place
      join looked on true
      join occupation o on o.resource_id = looked.resource_id and o.during && tstzrange(place.first, place.last)
     where (o.expires_at is null or o.expires_at > $4)
       and not (o.owner_kind = 'appointment' and exists (
         select from visits where visits.id = o.owner_id and visits.resource_id = o.resource_id))
       and not (o.owner_kind = 'session' and exists (
         select from sessions where sessions.id = o.owner_id and sessions.resource_id = o.resource_id))
  ), mark as (
    select concat_ws('.',
             (select sum(r.version) from resource r join looked on looked.resource_id = r.id),
             (select count(*) from visits), (select coalesce(sum(version), 0) from visits),
             (select count(*) from taken), (select count(*) from looked), (select count(*) from sessions)) as version
  )`;

const dayText = `${scope}
  select place.id, place.clinic_id as "clinicId", place.name, place.zone, mark.version,
         extract(epoch from place.first)::double precision as start, extract(epoch from place.last)::double precision as "end",
         (select coalesce(min(grid), 15) from columns) as grid,
         (select coalesce(json_agg(json_build_object(
                   'resourceId', r.id, 'kind', r.kind, 'payers', coalesce(columns.payers, '[]'), 'title', coalesce(p.title, '{}'),
                   'name', coalesce(p.given_name || ' ' || p.family_name, r.name))
                 order by columns.payers is null, coalesce(p.family_name, r.name) collate "lv-x-icu", p.given_name, r.id), '[]')
            from looked
            join resource r on r.id = looked.resource_id
            left join columns on columns.resource_id = looked.resource_id
            left join practitioner p on p.id = r.practitioner_id) as columns,
         (select coalesce(json_agg(json_build_object(
                   'resourceId', c.resource_id, 'payer', c.payer,
                   'start', extract(epoch from greatest(lower(o.during), place.first))::bigint,
                   'end', extract(epoch from least(upper(o.during), place.last))::bigint) order by lower(o.during)), '[]')
            from calendar c
            join columns on columns.resource_id = c.resource_id
            join opening o on o.calendar_id = c.id and o.during && tstzrange(place.first, place.last)
           where c.branch_id = place.id) as openings,
         (select coalesce(json_agg(json_build_object(
                   'id', v.id, 'resourceId', v.resource_id, 'payer', v.payer, 'status', v.status, 'origin', v.origin,
                   'start', extract(epoch from v.starts_at)::bigint, 'end', extract(epoch from v.ends_at)::bigint,
                   'version', v.version, 'patientName', p.given_name || ' ' || p.family_name, 'serviceName', s.name,
                   'sessionId', (select t.session_id from seat t join sessions n on n.id = t.session_id
                                  where t.owner_id = v.id and t.owner_kind = 'appointment'))
                 order by v.starts_at, v.id), '[]')
            from visits v
            join patient p on p.id = v.patient_id
            join service s on s.id = v.service_id) as appointments,
         (select coalesce(json_agg(json_build_object(
                   'id', n.id, 'resourceId', n.resource_id, 'payer', n.payer, 'serviceName', s.name,
                   'start', extract(epoch from n.starts_at)::bigint, 'end', extract(epoch from n.ends_at)::bigint,
                   'seats', n.seats,
                   'taken', (select count(*) from seat t where t.session_id = n.id and (t.expires_at is null or t.expires_at > $4)))
                 order by n.starts_at, n.id), '[]')
            from sessions n
            join service s on s.id = n.service_id) as sessions,
         (select coalesce(json_agg(json_build_object(
                   'resourceId', t.resource_id,
                   'kind', case when t.owner_kind in ('hold', 'offer') then 'hold' when t.owner_kind = 'former' then 'former'
                                when i.resource_id is not null then 'inside' else 'elsewhere' end,
                   'by', coalesce(p.given_name || ' ' || p.family_name, r.name),
                   'start', extract(epoch from greatest(lower(t.during), place.first))::bigint,
                   'end', extract(epoch from least(upper(t.during), place.last))::bigint) order by lower(t.during)), '[]')
            from taken t
            left join lateral (
              select v.resource_id from visits v where t.owner_kind = 'appointment' and v.id = t.owner_id
               union all
              select n.resource_id from sessions n where t.owner_kind = 'session' and n.id = t.owner_id
               limit 1) i on true
            left join resource r on r.id = i.resource_id
            left join practitioner p on p.id = r.practitioner_id) as taken
    from place, mark`;

const versionText = `${scope} select place.clinic_id as "clinicId", mark.version from place, mark`;

interface Row extends Omit<DayOfBranchAnswer, 'branch'> {
  id: string;
  clinicId: string;
  name: string;
  zone: string;
}

/** What is wanted of what one may see; null: all. */
const bothOf = (wanted: readonly string[] | null, seen: readonly string[] | null): readonly string[] | null =>
  wanted === null || seen === null ? (wanted ?? seen) : wanted.filter((id) => seen.includes(id));

/** The calendar of a branch for a day, in one statement (P8), and the small question whether it has changed since. */
@Injectable()
export class DayOfBranch {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param day in the branch's zone
   * @param resources only these columns; null means all of the branch
   * @throws Refusal `not-signed-in`, `not-found` another clinic's branch, `not-allowed`
   */
  async run(
    actor: Actor,
    branchId: string,
    day: Temporal.PlainDate,
    resources: readonly string[] | null = null,
  ): Promise<DayOfBranchAnswer> {
    const row = await this.read<Row>(dayText, actor, branchId, day, resources);
    const { id, clinicId: _, name, zone, ...rest } = row;
    return { branch: { id, name, timeZone: zone }, ...rest };
  }

  /** The version that `run` would answer now. Refusals: as `run`. */
  async version(
    actor: Actor,
    branchId: string,
    day: Temporal.PlainDate,
    resources: readonly string[] | null = null,
  ): Promise<string> {
    return (await this.read<{ clinicId: string; version: string }>(versionText, actor, branchId, day, resources))
      .version;
  }

  private async read<Answer extends { clinicId: string }>(
    text: string,
    actor: Actor,
    branchId: string,
    day: Temporal.PlainDate,
    resources: readonly string[] | null,
  ): Promise<Answer> {
    const theirs = actor.kind === 'staff' ? within(actor, 'calendar.read') : null;
    const [row] = await this.database.read<Answer>(text, [
      branchId,
      day.toString(),
      bothOf(resources, theirs?.practitionerIds ?? null),
      this.clock.now().toString(),
    ]);
    if (!row) throw new Refusal('not-found');
    const staff = requireSomewhere(actor, row.clinicId, 'calendar.read');
    if (staff.branchIds?.includes(branchId) === false) throw new Refusal('not-allowed');
    return row;
  }
}
