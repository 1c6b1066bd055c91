import { rangeOf, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';

/** A hold as it stands, with what its calendar says. Instants; price in cents. */
export interface HeldTime {
  id: string;
  clinicId: string;
  calendarId: string;
  serviceId: string;
  resourceId: string;
  visit: Interval;
  tokenHash: Buffer;
  sessionId: string | null;
  staffMemberId: string | null;
  heldAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
}

interface HoldRecord {
  id: string;
  clinic_id: string;
  calendar_id: string;
  service_id: string;
  resource_id: string;
  starts_at: Date;
  ends_at: Date;
  token_hash: Buffer;
  session_id: string | null;
  staff_member_id: string | null;
  held_at: Date;
  expires_at: Date;
}

const heldTime = (row: HoldRecord): HeldTime => ({
  id: row.id,
  clinicId: row.clinic_id,
  calendarId: row.calendar_id,
  serviceId: row.service_id,
  resourceId: row.resource_id,
  visit: { start: row.starts_at.toTemporalInstant(), end: row.ends_at.toTemporalInstant() },
  tokenHash: row.token_hash,
  sessionId: row.session_id,
  staffMemberId: row.staff_member_id,
  heldAt: row.held_at.toTemporalInstant(),
  expiresAt: row.expires_at.toTemporalInstant(),
});

const columns = `h.id, h.clinic_id, h.calendar_id, h.service_id, c.resource_id, h.starts_at, h.ends_at, h.token_hash,
  h.session_id, h.staff_member_id, h.held_at, h.expires_at`;

type Reader = Pick<Tx, 'query'>;

/** The hold of an id, also one that has expired but was not deleted yet. */
export async function findHold(reader: Reader, holdId: string): Promise<HeldTime | undefined> {
  const [row] = await reader.query<HoldRecord>(
    `select ${columns} from hold h join calendar c on c.id = h.calendar_id where h.id = $1`,
    [holdId],
  );
  return row && heldTime(row);
}

/** The one live or expired hold of an anonymous session. */
export async function holdOfSession(reader: Reader, sessionId: string): Promise<HeldTime | undefined> {
  const [row] = await reader.query<HoldRecord>(
    `select ${columns} from hold h join calendar c on c.id = h.calendar_id where h.session_id = $1`,
    [sessionId],
  );
  return row && heldTime(row);
}

/** How many holds an address has on a calendar at the moment. */
export async function liveHoldsOfAddress(
  reader: Reader,
  calendarId: string,
  addressIndex: Buffer,
  now: Temporal.Instant,
): Promise<number> {
  const [row] = await reader.query<{ count: string }>(
    `select count(*) from hold where calendar_id = $1 and address_index = $2 and expires_at > $3`,
    [calendarId, addressIndex, now.toString()],
  );
  return Number(row?.count ?? 0);
}

/**
 * Takes the time of a new hold and keeps what it is about, in one statement. The caller holds the resource's lock.
 * @param taken the visit with its buffers
 * @returns false when any part of it is taken, whatever the lane and the owner
 */
export async function takeHold(
  tx: Tx,
  hold: HeldTime & { addressIndex: Buffer | null },
  taken: Interval,
): Promise<boolean> {
  const rows = await tx.query(
    `with taken as (
       insert into occupation (resource_id, during, owner_kind, owner_id, clinic_id, expires_at)
       select $1, $2, 'hold', $3, $4, $5
        where not exists (select from occupation o where o.resource_id = $1 and o.during && $2::tstzrange)
       on conflict on constraint occupation_taken_once do nothing
       returning owner_id
     )
     insert into hold (id, clinic_id, calendar_id, service_id, starts_at, ends_at, token_hash, session_id, address_index,
                       staff_member_id, held_at, expires_at)
     select owner_id, $4, $6, $7, $8, $9, $10, $11, $12, $13, $14, $5 from taken
     returning id`,
    [
      hold.resourceId,
      rangeOf(taken),
      hold.id,
      hold.clinicId,
      hold.expiresAt.toString(),
      hold.calendarId,
      hold.serviceId,
      hold.visit.start.toString(),
      hold.visit.end.toString(),
      hold.tokenHash,
      hold.sessionId,
      hold.addressIndex,
      hold.staffMemberId,
      hold.heldAt.toString(),
    ],
  );
  return rows.length === 1;
}

/** Hands a hold's time over to the appointment that it became; the hold is gone. @returns false when it had ended */
export async function becomeAppointment(tx: Tx, holdId: string, appointmentId: string): Promise<boolean> {
  const rows = await tx.query(
    `with handed as (
       update occupation set owner_id = $2, owner_kind = 'appointment', expires_at = null
        where owner_id = $1 and owner_kind = 'hold' returning id
     ), forgotten as (
       delete from hold where id = $1
     )
     select id from handed`,
    [holdId, appointmentId],
  );
  return rows.length === 1;
}

export async function forgetHold(tx: Tx, holdId: string): Promise<void> {
  await tx.query(`delete from hold where id = $1`, [holdId]);
}
