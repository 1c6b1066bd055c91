import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, type Actor, requireSomewhere, type StaffActor, within } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { looksAtVisits } from '../looks-at-visits.js';
import type { AppointmentView } from './appointment-view.js';
import { viewsOf } from './views-of.js';

/** A visit that is over, and nobody noted whether its patient came. */
export interface UnclosedVisit extends AppointmentView {
  /** Its day is over at its branch: that the patient did not come is proposed. */
  isProposed: boolean;
}

/** A day of a branch with visits of that kind. */
export interface UnclosedDay {
  branchId: string;
  branch: string;
  /** Of the branch's own clock. */
  day: Temporal.PlainDate;
  visits: number;
  /** All of them are proposed as missed: nobody is expected any more. */
  isOver: boolean;
}

/** A place in the list: the visit at the edge of the page that was left. */
export interface UnclosedPlace {
  start: Temporal.Instant;
  id: string;
}

/** How far back it is asked; what is older stays as it is. */
const daysBack = 30;

/** Visits of a page. */
const pageSize = 50;

/** As many are counted at most: the number in the menu is looked up with every page. */
const mostCounted = 999;

/**
 * Parameters 1 to 5: the clinic, the moment, how far back, and the reader's branches and practitioners. The day of a branch
 * is over when none of its openings is to come any more. What an import brought in when it was long over is history, and
 * not asked about.
 */
const over = `
  place as materialized (
    select b.id, b.name, b.zone,
           case when exists (
                  select from calendar c
                    join opening o on o.calendar_id = c.id
                   where c.branch_id = b.id
                     and o.during && tstzrange($2::timestamptz, (d.today + interval '1 day') at time zone b.zone))
                then d.today at time zone b.zone else $2::timestamptz end as closed_until
      from branch b
     cross join lateral (select date_trunc('day', $2::timestamptz at time zone b.zone) as today) d
     where b.clinic_id = $1
  ), over as (
    select a.id, a.branch_id, a.starts_at, place.name, (a.starts_at at time zone place.zone)::date as day,
           a.ends_at <= place.closed_until as is_proposed
      from appointment a
      join place on place.id = a.branch_id
     where a.clinic_id = $1 and a.status = 'booked' and a.ends_at > $3::timestamptz and a.ends_at <= $2::timestamptz
       and not (a.origin = 'import' and a.starts_at < a.created_at)
       and ($4::uuid[] is null or a.branch_id = any($4))
       and ($5::uuid[] is null or a.resource_id = any($5))
  )`;

/** The day's end: visits that are over and that nobody checked in, of those whom the reader may note something. */
@Injectable()
export class UnclosedVisits {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The days of the last thirty that have any, newest first. @throws Refusal `not-signed-in`, `not-found`, `not-allowed` */
  async days(actor: Actor, clinicId: string): Promise<UnclosedDay[]> {
    const staff = requireSomewhere(actor, clinicId, 'appointments.step');
    const rows = await this.database.read<Omit<UnclosedDay, 'day'> & { day: string }>(
      `with ${over}
       select branch_id as "branchId", name as branch, day::text, count(*)::integer as visits, bool_and(is_proposed) as "isOver"
         from over group by branch_id, name, day order by day desc, name, branch_id`,
      this.values(staff),
    );
    return rows.map((row) => ({ ...row, day: Temporal.PlainDate.from(row.day) }));
  }

  /**
   * Fifty visits of a branch's day by their time. Everybody on it is a look that the access log keeps.
   * @throws Refusal as `days`
   */
  async run(
    actor: Actor,
    clinicId: string,
    { branchId, day }: Pick<UnclosedDay, 'branchId' | 'day'>,
    after?: UnclosedPlace,
  ): Promise<{ items: UnclosedVisit[]; hasMore: boolean }> {
    const staff = requireSomewhere(actor, clinicId, 'appointments.step');
    const rows = await this.database.read<{ id: string; isProposed: boolean }>(
      `with ${over}
       select id, is_proposed as "isProposed" from over
        where branch_id = $6 and day = $7::date and ($8::timestamptz is null or (starts_at, id) > ($8::timestamptz, $9::uuid))
        order by starts_at, id limit ${pageSize + 1}`,
      [...this.values(staff), branchId, day.toString(), after?.start.toString() ?? null, after?.id ?? null],
    );
    const found = rows.slice(0, pageSize);
    const views = await viewsOf(
      this.database,
      found.map(({ id }) => id),
    );
    const items = found.flatMap(({ id, isProposed }) => {
      const view = views.get(id);
      return view ? [{ ...view, isProposed }] : [];
    });
    await this.accessLog.listed(looksAtVisits(staff, items, 'unclosed-list'));
    return { items, hasMore: rows.length > pageSize };
  }

  /** How many are proposed as missed, 999 at most. @throws Refusal as `days` */
  async count(actor: Actor, clinicId: string): Promise<number> {
    const staff = requireSomewhere(actor, clinicId, 'appointments.step');
    const [row] = await this.database.read<{ n: number }>(
      `with ${over}
       select count(*)::integer as n from (select from over where is_proposed limit ${mostCounted}) counted`,
      this.values(staff),
    );
    return row?.n ?? 0;
  }

  private values(staff: StaffActor): unknown[] {
    const now = this.clock.now();
    const { branchIds, practitionerIds } = within(staff, 'appointments.step');
    return [
      staff.clinicId,
      now.toString(),
      now.subtract({ hours: 24 * daysBack }).toString(),
      branchIds,
      practitionerIds,
    ];
  }
}
