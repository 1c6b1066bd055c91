import { Inject, Injectable } from '@nestjs/common';
import { requireSomewhere, type Actor } from '#libs/access';
import { CLOCK, type Clock, Database, type Words } from '#libs/platform';
import type { Payer } from '../calendar.entity.js';

/** A session as staff read it. */
export interface ClinicSession {
  id: string;
  calendarId: string;
  resourceId: string;
  /** The practitioner, or the room's or device's name. */
  name: string;
  branch: { id: string; name: string; zone: string };
  payer: Payer;
  serviceId: string;
  service: Words;
  start: Temporal.Instant;
  end: Temporal.Instant;
  seats: number;
  booked: number;
  /** Being booked at the moment. */
  held: number;
  /** Published hours hold it: else nobody can book it. */
  isOpen: boolean;
}

/** A calendar's service that is booked by sessions. */
export interface SessionService {
  calendarId: string;
  serviceId: string;
  service: Words;
  minutes: number;
  name: string;
  branchId: string;
  branch: string;
  zone: string;
  payer: Payer;
  practitionerId: string | null;
  publishedUntil: string | null;
}

/** The group sessions of a clinic and what can be planned. */
@Injectable()
export class SessionsOfClinic {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Sessions that start from one instant until another, soonest first; 500 at most.
   * @throws Refusal `not-found` another clinic, `not-allowed`
   */
  async run(
    actor: Actor,
    clinicId: string,
    where: { calendarId?: string; sessionId?: string; from: Temporal.Instant; to: Temporal.Instant },
  ): Promise<ClinicSession[]> {
    const { branchIds } = requireSomewhere(actor, clinicId, 'hours.read');
    const rows = await this.database.read<Omit<ClinicSession, 'start' | 'end'> & { start: Date; end: Date }>(
      `select g.id, g.calendar_id as "calendarId", c.resource_id as "resourceId",
              coalesce(p.given_name || ' ' || p.family_name, r.name) as name,
              json_build_object('id', b.id, 'name', b.name, 'zone', b.zone) as branch, c.payer,
              g.service_id as "serviceId", s.name as service, g.starts_at as start, g.ends_at as "end", g.seats,
              t.booked, t.held,
              c.published and exists (
                select from opening o where o.calendar_id = c.id and o.during @> tstzrange(g.starts_at, g.ends_at)) as "isOpen"
         from group_session g
         join calendar c on c.id = g.calendar_id
         join branch b on b.id = c.branch_id
         join service s on s.id = g.service_id
         join resource r on r.id = c.resource_id
         left join practitioner p on p.id = r.practitioner_id
        cross join lateral (
          select count(*) filter (where x.expires_at is null)::integer as booked,
                 count(*) filter (where x.expires_at > $6)::integer as held
            from seat x where x.session_id = g.id) t
        where g.clinic_id = $1 and ($2::uuid is null or g.calendar_id = $2) and ($3::uuid is null or g.id = $3)
          and g.starts_at >= $4 and g.starts_at < $5 and ($7::uuid[] is null or c.branch_id = any($7))
        order by g.starts_at, name, g.id
        limit 500`,
      [
        clinicId,
        where.calendarId ?? null,
        where.sessionId ?? null,
        where.from.toString(),
        where.to.toString(),
        this.clock.now().toString(),
        branchIds,
      ],
    );
    return rows.map((row) => ({ ...row, start: row.start.toTemporalInstant(), end: row.end.toTemporalInstant() }));
  }

  /** What can be planned: services that are booked by sessions, by whose they are. */
  services(actor: Actor, clinicId: string): Promise<SessionService[]> {
    const { branchIds } = requireSomewhere(actor, clinicId, 'hours.read');
    return this.database.read<SessionService>(
      `select c.id as "calendarId", s.id as "serviceId", s.name as service, cs.minutes,
              coalesce(p.given_name || ' ' || p.family_name, r.name) as name, b.id as "branchId", b.name as branch, b.zone, c.payer,
              r.practitioner_id as "practitionerId", c.published_until::text as "publishedUntil"
         from calendar_service cs
         join calendar c on c.id = cs.calendar_id
         join branch b on b.id = c.branch_id
         join service s on s.id = cs.service_id
         join resource r on r.id = c.resource_id
         left join practitioner p on p.id = r.practitioner_id
        where c.clinic_id = $1 and cs.active and cs.by_session and ($2::uuid[] is null or c.branch_id = any($2))
        order by coalesce(p.family_name, r.name) collate "lv-x-icu", b.name, c.payer desc, s.id`,
      [clinicId, branchIds],
    );
  }
}
