import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, type Actor, requireSomewhere, type StaffActor, within } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { looksAtVisits } from '../looks-at-visits.js';
import type { AppointmentView } from './appointment-view.js';
import { viewsOf } from './views-of.js';

/** A request that waits, and since when: it was asked for, or its patient asked to move it. */
export interface PendingAppointment extends AppointmentView {
  askedAt: Temporal.Instant;
}

export interface PendingFilter {
  branchId?: string | undefined;
  /** The practitioner, room or device that it is for. */
  resourceId?: string | undefined;
  /** The first and the last local day of the visits, both included. */
  from?: Temporal.PlainDate | undefined;
  to?: Temporal.PlainDate | undefined;
}

/** A place in the list: the request just before, or just after it. */
export interface PendingPlace {
  side: 'after' | 'before';
  askedAt: Temporal.Instant;
  id: string;
}

export interface PendingPage {
  items: PendingAppointment[];
  /** How many wait in all, as they are filtered. */
  total: number;
  hasBefore: boolean;
  hasAfter: boolean;
  now: Temporal.Instant;
}

/** Requests of a page. */
const pageSize = 50;

/** The requests that somebody may answer; parameters 1 to 7. */
const waiting = `
  from appointment a
  join branch b on b.id = a.branch_id
 where a.clinic_id = $1 and a.status = 'pending'
   and ($2::uuid[] is null or a.branch_id = any($2))
   and ($3::uuid[] is null or a.resource_id = any($3))
   and ($4::uuid is null or a.branch_id = $4)
   and ($5::uuid is null or a.resource_id = $5)
   and ($6::date is null or a.starts_at >= $6::date::timestamp at time zone b.zone)
   and ($7::date is null or a.starts_at < ($7::date + 1)::timestamp at time zone b.zone)`;

/** The requests that wait for a clinic's answer, of those that the reader may answer. */
@Injectable()
export class PendingOfClinic {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Fifty of them, oldest request first; everybody on it is a look that the access log keeps.
   * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`
   */
  async run(actor: Actor, clinicId: string, filter: PendingFilter = {}, place?: PendingPlace): Promise<PendingPage> {
    const staff = requireSomewhere(actor, clinicId, 'appointments.decide');
    const now = this.clock.now();
    const isBack = place?.side === 'before';
    const rows = await this.database.read<{ id: string; asked_at: Date; total: number }>(
      `with listed as (
         select a.id, date_trunc('milliseconds', coalesce(e.at, a.created_at)) as asked_at
           from (select a.id, a.created_at ${waiting}) a
           left join lateral (
             select e.at from appointment_event e
              where e.appointment_id = a.id and e.kind in ('requested', 'move-requested')
              order by e.version desc limit 1) e on true
       )
       select id, asked_at, (select count(*)::integer from listed) as total
         from listed
        where $8::timestamptz is null or (asked_at, id) ${isBack ? '<' : '>'} ($8::timestamptz, $9::uuid)
        order by asked_at ${isBack ? 'desc' : ''}, id ${isBack ? 'desc' : ''}
        limit ${pageSize + 1}`,
      [...this.values(staff, filter), place?.askedAt.toString() ?? null, place?.id ?? null],
    );
    const found = rows.slice(0, pageSize);
    const views = await viewsOf(
      this.database,
      found.map(({ id }) => id),
    );
    const items = (isBack ? found.toReversed() : found).flatMap(({ id, asked_at: askedAt }) => {
      const view = views.get(id);
      return view ? [{ ...view, askedAt: askedAt.toTemporalInstant() }] : [];
    });
    await this.accessLog.listed(looksAtVisits(staff, items, 'pending-list'));
    const hasMore = rows.length > pageSize;
    return {
      items,
      total: rows[0]?.total ?? (await this.count(actor, clinicId, filter)),
      hasBefore: isBack ? hasMore : place !== undefined,
      hasAfter: isBack ? true : hasMore,
      now,
    };
  }

  /** How many wait. @throws Refusal as `run` */
  async count(actor: Actor, clinicId: string, filter: PendingFilter = {}): Promise<number> {
    const staff = requireSomewhere(actor, clinicId, 'appointments.decide');
    const [row] = await this.database.read<{ n: number }>(
      `select count(*)::integer as n ${waiting}`,
      this.values(staff, filter),
    );
    return row?.n ?? 0;
  }

  private values(staff: StaffActor, filter: PendingFilter): unknown[] {
    const bounds = within(staff, 'appointments.decide');
    return [
      staff.clinicId,
      bounds.branchIds,
      bounds.practitionerIds,
      filter.branchId ?? null,
      filter.resourceId ?? null,
      filter.from?.toString() ?? null,
      filter.to?.toString() ?? null,
    ];
  }
}
