import type { ChangeKind } from '#libs/calendars';
import type { Tx } from '#libs/platform';
import { isOutside } from './queries/visits-outside.js';

/** Why an appointment has lost its opening; a key of `changes.why.`. */
export const orphanReasons = [
  'hours',
  'closed',
  'service-ended',
  'practitioner-left',
  'days',
  'practitioner-away',
  'own-calendar',
] as const;
export type OrphanReason = (typeof orphanReasons)[number];

export const reasonOf = {
  'publish-hours': 'hours',
  close: 'closed',
  reopen: 'closed',
  'end-service': 'service-ended',
  'end-role': 'practitioner-left',
  'keep-days': 'days',
} as const satisfies Record<ChangeKind, OrphanReason>;

/** Marks appointments as orphaned: they stay as they are and stand on the work list. */
export async function markOrphaned(
  tx: Tx,
  ids: readonly string[],
  why: OrphanReason,
  now: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `update appointment set orphaned_at = $2, orphaned_why = $3, orphan_kept_at = null, orphan_kept_by = null
      where id = any($1)`,
    [ids, now.toString(), why],
  );
}

/** Takes the mark from appointments of these resources that have an opening again. */
export async function unmarkCovered(tx: Tx, clinicId: string, resourceIds: readonly string[]): Promise<void> {
  await tx.query(
    `update appointment a
        set orphaned_at = null, orphaned_why = null, orphan_kept_at = null, orphan_kept_by = null
      where a.clinic_id = $1 and a.orphaned_at is not null and a.resource_id = any($2) and not (${isOutside})`,
    [clinicId, resourceIds],
  );
}

/**
 * Marks visits of an import that waited for their calendar's hours and stand outside them now that these are published.
 * What staff had booked there knowingly stays unmarked.
 */
export async function markBroughtIn(
  tx: Tx,
  clinicId: string,
  resourceIds: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `update appointment a set orphaned_at = $3, orphaned_why = 'hours'
       from calendar c
      where a.clinic_id = $1 and a.resource_id = any($2) and a.origin = 'import' and a.orphaned_at is null
        and a.status in ('pending', 'booked') and a.starts_at > $3
        and c.id = a.calendar_id and c.published and (a.starts_at at time zone a.zone)::date <= c.published_until
        and not exists (select from occupation t where t.owner_id = a.id and t.override_reason is not null)
        and (${isOutside})`,
    [clinicId, resourceIds, now.toString()],
  );
}

/** Marks one appointment if nothing published covers it, as one that comes back to a time that was closed meanwhile. */
export async function markIfOutside(tx: Tx, id: string, now: Temporal.Instant): Promise<void> {
  await tx.query(
    `update appointment a set orphaned_at = $2, orphaned_why = 'closed'
      where a.id = $1 and a.orphaned_at is null and (${isOutside})`,
    [id, now.toString()],
  );
}
