import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, rangeOf, Refusal, type Tx } from '#libs/platform';
import { requireStaff, type Actor } from '#libs/access';
import { type Interval, localDate } from '#libs/time';
import { lockResources } from './ledger.js';
import { daysChanged, publishedCalendar, replaceOpenings } from './openings-of-calendar.js';

/** What is closed: one resource, one branch, or (neither) the whole clinic; always in the calendars of this clinic only. */
export interface ClosureScope {
  clinicId: string;
  branchId: string | null;
  resourceId: string | null;
}

/** Recomputes the openings of every published calendar that a closure touches, for the closure's days. */
async function reopen(tx: Tx, scope: ClosureScope, during: Interval, now: Temporal.Instant): Promise<void> {
  const within = `clinic_id = $1
    and case when $3::uuid is not null then resource_id = $3 else $2::uuid is null or branch_id = $2 end`;
  const values = [scope.clinicId, scope.branchId, scope.resourceId];
  const resources = await tx.query<{ id: string }>(
    `select distinct resource_id as id from calendar where ${within}`,
    values,
  );
  await lockResources(
    tx,
    resources.map(({ id }) => id),
  );
  // After the lock: what was published or reached by the horizon meanwhile did not know of this closure.
  const calendars = await tx.query<{ id: string; until: string | null }>(
    `select id, published_until::text as until from calendar where published and ${within} order by resource_id, id`,
    values,
  );
  for (const { id, until } of calendars) {
    const calendar = await publishedCalendar(tx, id);
    if (!calendar) continue;
    const today = localDate(now, calendar.zone);
    const first = localDate(during.start, calendar.zone);
    const from = Temporal.PlainDate.compare(first, today) < 0 ? today : first;
    // What is published may reach further than the horizon does today.
    const horizon = until
      ? Temporal.PlainDate.from(until).add({ days: 1 })
      : today.add({ days: calendar.horizonDays + 1 });
    const last = localDate(during.end, calendar.zone).add({ days: 1 });
    const to = Temporal.PlainDate.compare(last, horizon) > 0 ? horizon : last;
    if (Temporal.PlainDate.compare(from, to) >= 0) continue;
    await replaceOpenings(tx, calendar, from, to);
    await daysChanged(tx, calendar.resourceId, from, to, now);
  }
}

/**
 * Closes a time for a practitioner, branch or clinic. Appointments inside stay and are orphaned. A practitioner who works
 * at other clinics too stays open there: no clinic changes another one's calendars (ASVS 8.4.1).
 * Refusals: `not-found` another clinic, `not-allowed`, `invalid` an empty or past time.
 */
@Injectable()
export class CloseTime {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    scope,
    during,
    reason,
  }: {
    actor: Actor;
    scope: ClosureScope;
    during: Interval;
    reason: string | null;
  }): Promise<{ id: string }> {
    const staff = requireStaff(actor, scope.clinicId, 'closures.edit', { practitionerId: scope.resourceId });
    const now = this.clock.now();
    if (Temporal.Instant.compare(during.end, during.start) <= 0 || Temporal.Instant.compare(during.end, now) <= 0) {
      throw new Refusal('invalid', { errors: [{ path: 'ends', code: 'order' }] });
    }
    return this.database.transaction(async (tx) => {
      const [known] = await tx.query<{ ok: boolean }>(
        `select (($2::uuid is null or exists (select from branch where id = $2 and clinic_id = $1))
             and ($3::uuid is null or exists (select from calendar where resource_id = $3 and clinic_id = $1))) as ok`,
        [scope.clinicId, scope.branchId, scope.resourceId],
      );
      if (!known?.ok) throw new Refusal('not-found');
      const [row] = await tx.query<{ id: string }>(
        `insert into closure (clinic_id, branch_id, resource_id, during, reason, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7) returning id`,
        [
          scope.clinicId,
          scope.branchId,
          scope.resourceId,
          rangeOf(during),
          reason,
          staff.staffMemberId,
          now.toString(),
        ],
      );
      await reopen(tx, scope, during, now);
      if (!row) throw new Error('the closure was not written');
      return row;
    });
  }
}

/** Takes a closure back. Refusals: `not-found`, `not-allowed`. */
@Injectable()
export class ReopenTime {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, closureId }: { actor: Actor; closureId: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{
        clinic_id: string;
        branch_id: string | null;
        resource_id: string | null;
        start: Date;
        end: Date;
      }>(
        `select clinic_id, branch_id, resource_id, lower(during) as start, upper(during) as "end" from closure where id = $1`,
        [closureId],
      );
      if (!row) throw new Refusal('not-found');
      requireStaff(actor, row.clinic_id, 'closures.edit', { practitionerId: row.resource_id });
      await tx.query(`delete from closure where id = $1`, [closureId]);
      const scope = { clinicId: row.clinic_id, branchId: row.branch_id, resourceId: row.resource_id };
      await reopen(
        tx,
        scope,
        { start: row.start.toTemporalInstant(), end: row.end.toTemporalInstant() },
        this.clock.now(),
      );
    });
  }
}
