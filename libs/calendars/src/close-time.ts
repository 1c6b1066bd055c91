import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, rangeOf, Refusal, type Tx } from '#libs/platform';
import type { Actor } from '#libs/access';
import { type Interval, localDate } from '#libs/time';
import type { ClosureScope } from './calendar-change.js';
import { lockResources } from './ledger.js';
import { roomChanged } from './need-changed.js';
import { daysChanged, publishedCalendar, replaceOpenings } from './openings-of-calendar.js';
import { requireMayClose } from './require-may-close.js';

/** Local days, both included, whose openings were replaced and whose free days are to be refreshed. */
export interface ChangedDays {
  first: Temporal.PlainDate;
  last: Temporal.PlainDate;
}

type Reader = Pick<Tx, 'query'>;

const within = `clinic_id = $1
  and case when $3::uuid is not null then resource_id = $3 else $2::uuid is null or branch_id = $2 end`;
const placeOf = ({ clinicId, branchId, resourceId }: ClosureScope): unknown[] => [clinicId, branchId, resourceId];

/** Whose calendars a closure touches. */
export async function resourcesWithin(reader: Reader, scope: ClosureScope): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `select distinct resource_id as id from calendar where ${within}`,
    placeOf(scope),
  );
  return rows.map(({ id }) => id);
}

/**
 * Recomputes the openings of one resource's published calendars inside a scope, on the days of some times. The caller
 * holds the resource's lock and refreshes the days that are answered.
 */
export async function recomputeOpenings(
  tx: Tx,
  scope: ClosureScope,
  resourceId: string,
  times: readonly Interval[],
  now: Temporal.Instant,
): Promise<ChangedDays[]> {
  // After the lock: what was published or reached by the horizon meanwhile did not know of this closure.
  const calendars = await tx.query<{ id: string; until: string | null }>(
    `select id, published_until::text as until from calendar
      where published and ${within} and resource_id = $4 order by id`,
    [...placeOf(scope), resourceId],
  );
  const days = new Map<string, ChangedDays>();
  for (const { id, until } of calendars) {
    const calendar = await publishedCalendar(tx, id);
    if (!calendar) continue;
    const today = localDate(now, calendar.zone);
    // What is published may reach further than the horizon does today.
    const horizon = until
      ? Temporal.PlainDate.from(until).add({ days: 1 })
      : today.add({ days: calendar.horizonDays + 1 });
    for (const during of times) {
      const first = localDate(during.start, calendar.zone);
      const from = Temporal.PlainDate.compare(first, today) < 0 ? today : first;
      const last = localDate(during.end, calendar.zone).add({ days: 1 });
      const to = Temporal.PlainDate.compare(last, horizon) > 0 ? horizon : last;
      if (Temporal.PlainDate.compare(from, to) >= 0) continue;
      await replaceOpenings(tx, calendar, from, to);
      days.set(`${from.toString()} ${to.toString()}`, { first: from, last: to });
    }
  }
  return [...days.values()];
}

/** Recomputes and refreshes everything that a closure touches, under all locks at once. */
async function reopen(tx: Tx, scope: ClosureScope, times: readonly Interval[], now: Temporal.Instant): Promise<void> {
  const resources = (await resourcesWithin(tx, scope)).sort();
  await lockResources(tx, resources);
  for (const resourceId of resources) {
    for (const { first, last } of await recomputeOpenings(tx, scope, resourceId, times, now))
      await daysChanged(tx, resourceId, first, last, now);
  }
}

/** @throws Refusal `not-found` when the branch or resource is not this clinic's */
export async function requireKnown(reader: Reader, scope: ClosureScope): Promise<void> {
  const [known] = await reader.query<{ ok: boolean }>(
    `select (($2::uuid is null or exists (select from branch where id = $2 and clinic_id = $1))
         and ($3::uuid is null or exists (select from calendar where resource_id = $3 and clinic_id = $1)
              or exists (select from resource where id = $3 and clinic_id = $1))) as ok`,
    placeOf(scope),
  );
  if (!known?.ok) throw new Refusal('not-found');
}

/** @throws Refusal `invalid` an empty or past time, or none */
export function requireAhead(times: readonly Interval[], now: Temporal.Instant): void {
  const { compare } = Temporal.Instant;
  if (times.length === 0 || times.some(({ start, end }) => compare(end, start) <= 0 || compare(end, now) <= 0))
    throw new Refusal('invalid', { errors: [{ path: 'ends', code: 'order' }] });
}

/** Writes one closure, or several of one series. Openings are recomputed by the caller. @returns their ids */
export async function writeClosures(
  tx: Tx,
  closing: {
    scope: ClosureScope;
    times: readonly Interval[];
    reason: string | null;
    publicReason: string | null;
    by: string;
    at: Temporal.Instant;
  },
): Promise<string[]> {
  const { scope, times } = closing;
  const rows = await tx.query<{ id: string }>(
    `insert into closure (clinic_id, branch_id, resource_id, during, reason, public_reason, series_id, created_by, created_at)
     select $1, $2, $3, unnest($4::tstzrange[]), $5, $6, $7, $8, $9 returning id`,
    [
      ...placeOf(scope),
      times.map(rangeOf),
      closing.reason,
      closing.publicReason,
      times.length > 1 ? randomUUID() : null,
      closing.by,
      closing.at.toString(),
    ],
  );
  await roomChanged(tx, scope.clinicId, scope.resourceId);
  return rows.map(({ id }) => id);
}

/** A closure as it was taken back. */
export interface RemovedClosure {
  scope: ClosureScope;
  during: Interval;
}

/** What a closure closes, or undefined: there is none that staff could take back. */
export async function closureById(reader: Reader, id: string): Promise<RemovedClosure | undefined> {
  const [row] = await reader.query<{
    clinic_id: string;
    branch_id: string | null;
    resource_id: string | null;
    start: Date;
    end: Date;
  }>(
    `select clinic_id, branch_id, resource_id, lower(during) as start, upper(during) as "end"
       from closure where id = $1 and kind = 'staff'`,
    [id],
  );
  return (
    row && {
      scope: { clinicId: row.clinic_id, branchId: row.branch_id, resourceId: row.resource_id },
      during: { start: row.start.toTemporalInstant(), end: row.end.toTemporalInstant() },
    }
  );
}

/**
 * Closes times for a resource, branch or clinic. Appointments inside stay; whoever asks about them goes through
 * CarryOutChange of appointments. A practitioner who works at other clinics too stays open there: no clinic changes
 * another one's calendars (ASVS 8.4.1).
 * Refusals: `not-found` another clinic, `not-allowed`, `invalid` an empty or past time.
 */
@Injectable()
export class CloseTime {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the first closure's id */
  async run({
    actor,
    scope,
    times,
    reason,
    publicReason = null,
  }: {
    actor: Actor;
    scope: ClosureScope;
    times: readonly Interval[];
    reason: string | null;
    publicReason?: string | null;
  }): Promise<{ id: string }> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const staff = await requireMayClose(tx, actor, scope);
      requireAhead(times, now);
      await requireKnown(tx, scope);
      const by = staff.staffMemberId;
      const [id] = await writeClosures(tx, { scope, times, reason, publicReason, by, at: now });
      await reopen(tx, scope, times, now);
      if (!id) throw new Error('the closure was not written');
      return { id };
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
      const closure = await closureById(tx, closureId);
      if (!closure) throw new Refusal('not-found');
      const { scope, during } = closure;
      await requireMayClose(tx, actor, scope);
      await tx.query(`delete from closure where id = $1`, [closureId]);
      await roomChanged(tx, scope.clinicId, scope.resourceId);
      await reopen(tx, scope, [during], this.clock.now());
    });
  }
}
