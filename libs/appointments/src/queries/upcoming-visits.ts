import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, type Actor, requireSomewhere, within } from '#libs/access';
import { CLOCK, type Clock, Database, type Words } from '#libs/platform';
import { looksAtVisits } from '../looks-at-visits.js';

/** A visit to come, as the editors of hours and closures list it. */
export interface UpcomingVisit {
  id: string;
  patientName: string;
  service: Words;
  practitioner: string;
  branch: string;
  zone: string;
  start: Temporal.Instant;
  end: Temporal.Instant;
}

type Row = Omit<UpcomingVisit, 'start' | 'end'> & { patient_id: string; starts_at: Date; ends_at: Date };

/** `a` is a visit to come that the reader may see. */
const isComing = `
  a.clinic_id = $1 and a.status in ('pending', 'booked') and a.starts_at > $2
  and ($3::uuid[] is null or a.branch_id = any($3)) and ($4::uuid[] is null or a.resource_id = any($4))`;

const visitsText = `
  select a.id, a.patient_id, p.given_name || ' ' || p.family_name as "patientName", s.name as service, b.name as branch, a.zone,
         coalesce(d.given_name || ' ' || d.family_name, r.name) as practitioner, a.starts_at, a.ends_at
    from appointment a
    join patient p on p.id = a.patient_id
    join service s on s.id = a.service_id
    join branch b on b.id = a.branch_id
    join resource r on r.id = a.resource_id
    left join practitioner d on d.id = r.practitioner_id`;

/**
 * Visits to come that lie in no opening. Openings of a calendar never overlap, so that only the last one that began by then
 * can hold a visit: visits and openings are gone through once, in order, and not an index for each visit.
 */
const outside = `
  with line as (
    select a.id, a.calendar_id, a.starts_at, a.ends_at, true as is_visit from appointment a where ${isComing}
    union all
    select null, o.calendar_id, lower(o.during), upper(o.during), false
      from calendar c join opening o on o.calendar_id = c.id and o.during && tstzrange($2, null)
     where c.clinic_id = $1
  ), judged as (
    select id, starts_at, ends_at, is_visit,
           max(ends_at) filter (where not is_visit) over (partition by calendar_id order by starts_at, is_visit) as closes
      from line
  )
  select id from judged
   where is_visit and (closes is null or ends_at > closes)
   order by starts_at, id limit 300`;

/** Visits that a change of working time would touch, or has left outside; each is a look that the access log keeps. */
@Injectable()
export class UpcomingVisits {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All visits to come of one calendar, 2,000 at most. @throws Refusal `not-found`, `not-allowed` */
  ofCalendar(actor: Actor, clinicId: string, calendarId: string): Promise<UpcomingVisit[]> {
    return this.read(
      actor,
      clinicId,
      `${visitsText} where ${isComing} and a.calendar_id = $5 order by a.starts_at, a.id limit 2000`,
      [calendarId],
    );
  }

  /** Visits of a clinic whose opening was withdrawn: they stay until staff keep, move or cancel them (domain.md). */
  orphaned(actor: Actor, clinicId: string): Promise<UpcomingVisit[]> {
    return this.read(actor, clinicId, `${visitsText} where a.id = any(array(${outside})) order by a.starts_at, a.id`);
  }

  private async read(
    actor: Actor,
    clinicId: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<UpcomingVisit[]> {
    const staff = requireSomewhere(actor, clinicId, 'patients.read');
    const { branchIds, practitionerIds } = within(staff, 'patients.read');
    const rows = await this.database.read<Row>(text, [
      clinicId,
      this.clock.now().toString(),
      branchIds,
      practitionerIds,
      ...values,
    ]);
    const visits = rows.map(({ id, patient_id: patient }) => ({ id, patient: { id: patient } }));
    await this.accessLog.looked(null, ...looksAtVisits(staff, visits, 'visits-outside'));
    return rows.map(({ starts_at: start, ends_at: end, patient_id: _, ...row }) => ({
      ...row,
      start: start.toTemporalInstant(),
      end: end.toTemporalInstant(),
    }));
  }
}
