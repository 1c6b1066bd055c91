import { type Actor, requireSomewhere, requireStaff, type StaffActor } from '#libs/access';
import { Refusal, type Tx } from '#libs/platform';
import { endRole, endServiceOfClinic } from '#libs/profiles';
import { dayBounds, type Interval } from '#libs/time';
import type { CalendarChange, ClosureScope } from './calendar-change.js';
import {
  type ChangedDays,
  closureById,
  recomputeOpenings,
  type RemovedClosure,
  requireAhead,
  requireKnown,
  resourcesWithin,
  writeClosures,
} from './close-time.js';
import { endService } from './end-service.js';
import { requireKeepable, timesOfDays, writeClinicDays } from './keep-clinic-days.js';
import { roomChanged } from './need-changed.js';
import { daysChanged, publishedCalendar } from './openings-of-calendar.js';
import { publishDraft } from './publish-hours.js';
import { requireMayClose } from './require-may-close.js';

/*
 * One change of many calendars, in steps that a verb of appointments puts into its own transactions: what belongs to the
 * change as a whole once (`beginChange`), then one resource after another (`changeResource`), each under its lock.
 */

type Reader = Pick<Tx, 'query'>;

/** How long a time after a practitioner's last day stays closed; hours published later find it closed, too. */
const yearsAfterTheLastDay = 10;

/**
 * Who may make a change: of hours and closures as their verbs say, of services and roles the clinic's profile editors.
 * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`, `invalid` times that are empty or past
 */
export async function requireMayChangeCalendars(
  reader: Reader,
  actor: Actor,
  clinicId: string,
  change: CalendarChange,
  now: Temporal.Instant,
): Promise<StaffActor> {
  switch (change.kind) {
    case 'publish-hours': {
      const staff = requireSomewhere(actor, clinicId, 'hours.read');
      for (const record of await calendarsById(reader, clinicId, change.calendarIds))
        requireStaff(actor, clinicId, 'hours.edit', { practitionerId: record.resourceId, branchId: record.branchId });
      return staff;
    }
    case 'close': {
      const staff = await requireMayClose(reader, actor, change.scope);
      if (change.scope.clinicId !== clinicId) throw new Refusal('not-found');
      requireAhead(change.times, now);
      await requireKnown(reader, change.scope);
      return staff;
    }
    case 'reopen': {
      const staff = requireSomewhere(actor, clinicId, 'hours.read');
      for (const { scope } of await closures(reader, clinicId, change.closureIds))
        await requireMayClose(reader, actor, scope);
      return staff;
    }
    case 'keep-days': {
      const staff = requireStaff(actor, clinicId, 'closures.edit', { branchId: change.branchId });
      await requireKeepable(reader, { clinicId, ...change }, change.days, now);
      return staff;
    }
    case 'end-service': {
      // A service of the whole clinic is the clinic's; what one calendar offers is who keeps its hours'.
      if (change.calendarIds === null) return requireStaff(actor, clinicId, 'profile.edit');
      const staff = requireSomewhere(actor, clinicId, 'hours.read');
      for (const record of await calendarsById(reader, clinicId, change.calendarIds))
        requireStaff(actor, clinicId, 'hours.edit', { practitionerId: record.resourceId, branchId: record.branchId });
      return staff;
    }
    case 'end-role':
      return requireStaff(actor, clinicId, 'profile.edit');
  }
}

/** Whose calendars a change touches, ascending: each is changed under its own lock. */
export async function resourcesOfChange(reader: Reader, clinicId: string, change: CalendarChange): Promise<string[]> {
  switch (change.kind) {
    case 'publish-hours':
      return ascending((await calendarsById(reader, clinicId, change.calendarIds)).map((each) => each.resourceId));
    case 'close':
      return ascending([
        ...(await resourcesWithin(reader, change.scope)),
        ...(await resourcesSharing(reader, change.scope.resourceId, change.times)),
      ]);
    case 'reopen': {
      const resources = new Set<string>();
      for (const { scope, during } of await closures(reader, clinicId, change.closureIds)) {
        for (const id of await resourcesWithin(reader, scope)) resources.add(id);
        for (const id of await resourcesSharing(reader, scope.resourceId, [during])) resources.add(id);
      }
      return ascending(resources);
    }
    case 'keep-days':
      return ascending(await resourcesWithin(reader, { clinicId, branchId: change.branchId, resourceId: null }));
    case 'end-service': {
      const rows = await reader.query<{ id: string }>(
        `select distinct c.resource_id as id from calendar_service cs join calendar c on c.id = cs.calendar_id
          where cs.clinic_id = $1 and cs.service_id = $2 and ($3::uuid[] is null or c.id = any($3))`,
        [clinicId, change.serviceId, change.calendarIds],
      );
      return ascending(rows.map(({ id }) => id));
    }
    case 'end-role':
      return ascending(await resourcesWithin(reader, { clinicId, branchId: null, resourceId: change.practitionerId }));
  }
}

/** What a change came to be when it began: what `changeResource` needs to know for each resource. */
export interface BegunChange {
  /** The closures that were taken back; they cannot be read again. */
  removed: { scope: ClosureScope; times: { start: string; end: string }[] }[];
  closureIds: string[];
}

/**
 * Writes what belongs to the change as a whole: closures, a clinic's own days, a service or a role that ends. Nothing of it is seen in free times
 * until `changeResource` has been at each resource.
 * @throws Refusal `not-found` a closure that is gone
 */
export async function beginChange(
  tx: Tx,
  clinicId: string,
  change: CalendarChange,
  { by, now }: { by: string; now: Temporal.Instant },
): Promise<BegunChange> {
  const nothing: BegunChange = { removed: [], closureIds: [] };
  switch (change.kind) {
    case 'close':
      return { ...nothing, closureIds: await writeClosures(tx, { ...change, by, at: now }) };
    case 'end-role': {
      const scope = { clinicId, branchId: null, resourceId: change.practitionerId };
      await endRole(tx, { clinicId, ...change });
      const after = await afterTheLastDay(tx, clinicId, change);
      if (!after) return nothing;
      const times = [after];
      return {
        ...nothing,
        closureIds: await writeClosures(tx, { scope, times, reason: null, publicReason: null, by, at: now }),
      };
    }
    case 'reopen': {
      const removed = await closures(tx, clinicId, change.closureIds);
      await tx.query(`delete from closure where clinic_id = $1 and id = any($2)`, [clinicId, change.closureIds]);
      for (const resourceId of new Set(removed.map(({ scope }) => scope.resourceId)))
        await roomChanged(tx, clinicId, resourceId);
      return {
        ...nothing,
        removed: removed.map(({ scope, during }) => ({
          scope,
          times: [{ start: during.start.toString(), end: during.end.toString() }],
        })),
      };
    }
    case 'end-service':
      if (change.calendarIds === null) await endServiceOfClinic(tx, clinicId, change.serviceId, now);
      return nothing;
    case 'keep-days':
      await writeClinicDays(tx, { clinicId, ...change }, change.days, { by, at: now });
      return nothing;
    default:
      return nothing;
  }
}

/**
 * Changes the calendars of one resource, whose lock the caller holds.
 * @param isRehearsal nothing will be kept: free days are left as they are
 * @throws Refusal `wrong-state` there is no draft
 */
export async function changeResource(
  tx: Tx,
  clinicId: string,
  change: CalendarChange,
  resourceId: string,
  { begun, now, isRehearsal = false }: { begun: BegunChange; now: Temporal.Instant; isRehearsal?: boolean },
): Promise<void> {
  const changed = await applyTo(tx, clinicId, change, resourceId, begun, now);
  if (isRehearsal) return;
  for (const { first, last } of changed) await daysChanged(tx, resourceId, first, last, now);
}

async function applyTo(
  tx: Tx,
  clinicId: string,
  change: CalendarChange,
  resourceId: string,
  begun: BegunChange,
  now: Temporal.Instant,
): Promise<ChangedDays[]> {
  switch (change.kind) {
    case 'publish-hours': {
      const changed: ChangedDays[] = [];
      for (const { id, resourceId: whose } of await calendarsById(tx, clinicId, change.calendarIds)) {
        const calendar = whose === resourceId ? await publishedCalendar(tx, id) : undefined;
        if (calendar) changed.push(await publishDraft(tx, calendar, now));
      }
      return changed;
    }
    case 'close':
      return recomputeOpenings(tx, change.scope, resourceId, change.times, now);
    case 'end-role': {
      const scope = { clinicId, branchId: null, resourceId };
      const after = await afterTheLastDay(tx, clinicId, change);
      return after ? recomputeOpenings(tx, scope, resourceId, [after], now) : [];
    }
    case 'reopen': {
      const changed: ChangedDays[] = [];
      for (const { scope, times } of begun.removed) {
        const during = times.map(({ start, end }) => ({
          start: Temporal.Instant.from(start),
          end: Temporal.Instant.from(end),
        }));
        changed.push(...(await recomputeOpenings(tx, scope, resourceId, during, now)));
      }
      return changed;
    }
    case 'keep-days': {
      const scope = { clinicId, branchId: change.branchId, resourceId: null };
      return recomputeOpenings(tx, scope, resourceId, timesOfDays(change.country, change.days), now);
    }
    case 'end-service':
      return endService(tx, clinicId, change, resourceId, now);
  }
}

const ascending = (ids: Iterable<string>): string[] => [...new Set(ids)].sort();

/** @throws Refusal `not-found` a calendar of another clinic */
async function calendarsById(
  reader: Reader,
  clinicId: string,
  ids: readonly string[],
): Promise<{ id: string; resourceId: string; branchId: string }[]> {
  const rows = await reader.query<{ id: string; resourceId: string; branchId: string }>(
    `select id, resource_id as "resourceId", branch_id as "branchId" from calendar where clinic_id = $1 and id = any($2) order by resource_id, id`,
    [clinicId, ids],
  );
  if (rows.length !== new Set(ids).size) throw new Refusal('not-found');
  return rows;
}

/** @throws Refusal `not-found` a closure of another clinic, or one that is gone */
async function closures(reader: Reader, clinicId: string, ids: readonly string[]): Promise<RemovedClosure[]> {
  const found: RemovedClosure[] = [];
  for (const id of ids) {
    const closure = await closureById(reader, id);
    if (!closure || closure.scope.clinicId !== clinicId) throw new Refusal('not-found');
    found.push(closure);
  }
  return found;
}

/** Whose visits use a room or device at these times. */
async function resourcesSharing(
  reader: Reader,
  resourceId: string | null,
  times: readonly Interval[],
): Promise<string[]> {
  if (resourceId === null) return [];
  const rows = await reader.query<{ id: string }>(
    `select distinct own.resource_id as id
       from unnest($2::timestamptz[], $3::timestamptz[]) as t(starts, ends)
       join occupation o on o.resource_id = $1 and o.during && tstzrange(t.starts, t.ends) and o.owner_kind = 'appointment'
       join occupation own on own.owner_id = o.owner_id and own.calendar_id is not null
      union
     select c.resource_id
       from unnest($2::timestamptz[], $3::timestamptz[]) as t(starts, ends)
       join occupation o on o.resource_id = $1 and o.during && tstzrange(t.starts, t.ends) and o.owner_kind = 'session'
       join group_session g on g.id = o.owner_id
       join calendar c on c.id = g.calendar_id`,
    [resourceId, times.map(({ start }) => start.toString()), times.map(({ end }) => end.toString())],
  );
  return rows.map(({ id }) => id);
}

/** From the end of somebody's last day on; undefined: they have no calendar at the clinic. */
async function afterTheLastDay(
  reader: Reader,
  clinicId: string,
  { practitionerId, lastDay }: Extract<CalendarChange, { kind: 'end-role' }>,
): Promise<Interval | undefined> {
  const [row] = await reader.query<{ zone: string }>(
    `select b.zone from calendar c join branch b on b.id = c.branch_id
      where c.clinic_id = $1 and c.resource_id = $2 order by c.id limit 1`,
    [clinicId, practitionerId],
  );
  if (!row) return undefined;
  const { zone } = row;
  const start = dayBounds(lastDay, zone).end;
  return { start, end: dayBounds(lastDay.add({ years: yearsAfterTheLastDay }), zone).end };
}
