import { rangeOf, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import type { Claim } from './claims.js';
import { isUntaken, takeSeat, valuesOf, wantedTakes } from './ledger.js';

/** A hold as it stands, with what its calendar says. Instants; price in cents. */
export interface HeldTime {
  id: string;
  clinicId: string;
  calendarId: string;
  serviceId: string;
  resourceId: string;
  /** From the first visit's start to the last one's end, where it keeps several. */
  visit: Interval;
  /** How many visits it keeps, one after another: 1 to 5. */
  people: number;
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
  people: number;
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
  people: row.people,
  tokenHash: row.token_hash,
  sessionId: row.session_id,
  staffMemberId: row.staff_member_id,
  heldAt: row.held_at.toTemporalInstant(),
  expiresAt: row.expires_at.toTemporalInstant(),
});

const columns = `h.id, h.clinic_id, h.calendar_id, h.service_id, c.resource_id, h.starts_at, h.ends_at, h.people, h.token_hash,
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
 * Takes the time of a new hold and keeps what it is about. The caller holds the resources' locks and rolls back when it is
 * refused.
 * @returns false when any part of it is taken, whatever the lane and the owner
 */
export async function takeHold(
  tx: Tx,
  hold: HeldTime & { addressIndex: Buffer | null },
  claim: Pick<Claim, 'takes' | 'seat'>,
): Promise<boolean> {
  const { id, clinicId, expiresAt } = hold;
  if (claim.seat) {
    const owner = { kind: 'hold', id, clinicId, expiresAt } as const;
    if (!(await takeSeat(tx, owner, claim.seat.sessionId, claim.seat.tariffCents))) return false;
  }
  const rows = await tx.query(
    `with taken as (
       insert into occupation
         (resource_id, lane, during, owner_kind, owner_id, clinic_id, expires_at, calendar_id, service_id, visit, tariff_cents,
          override_reason)
       select w.resource_id, w.lane, w.during, 'hold', $9, $10, $11, w.calendar_id, w.service_id, w.visit, w.tariff_cents, w.reason
         from ${wantedTakes}
        where ${isUntaken}
       on conflict on constraint occupation_taken_once do nothing
       returning owner_id
     )
     insert into hold (id, clinic_id, calendar_id, service_id, starts_at, ends_at, token_hash, session_id, address_index,
                       staff_member_id, held_at, expires_at, people)
     select $9, $10, $12, $13, $14, $15, $16, $17, $18, $19, $20, $11, $21
      where (select count(*) from taken) = cardinality($1::uuid[])
     returning id`,
    [
      ...valuesOf(claim.takes),
      id,
      clinicId,
      expiresAt.toString(),
      hold.calendarId,
      hold.serviceId,
      hold.visit.start.toString(),
      hold.visit.end.toString(),
      hold.tokenHash,
      hold.sessionId,
      hold.addressIndex,
      hold.staffMemberId,
      hold.heldAt.toString(),
      hold.people,
    ],
  );
  return rows.length === 1;
}

/** Keeps what a hold is about whose time was taken before, visit by visit, under the same locks. */
export async function keepHold(tx: Tx, hold: HeldTime & { addressIndex: Buffer | null }): Promise<void> {
  await tx.query(
    `insert into hold (id, clinic_id, calendar_id, service_id, starts_at, ends_at, token_hash, session_id, address_index,
                       staff_member_id, held_at, expires_at, people)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      hold.id,
      hold.clinicId,
      hold.calendarId,
      hold.serviceId,
      hold.visit.start.toString(),
      hold.visit.end.toString(),
      hold.tokenHash,
      hold.sessionId,
      hold.addressIndex,
      hold.staffMemberId,
      hold.heldAt.toString(),
      hold.expiresAt.toString(),
      hold.people,
    ],
  );
}

/** Hands a hold's time over to the appointment that it became; the hold is gone. @returns false when it had ended */
export async function becomeAppointment(tx: Tx, holdId: string, appointmentId: string): Promise<boolean> {
  const rows = await tx.query(
    `with handed as (
       update occupation set owner_id = $2, owner_kind = 'appointment', expires_at = null
        where owner_id = $1 and owner_kind = 'hold' returning resource_id as id
     ), seated as (
       update seat set owner_id = $2, owner_kind = 'appointment', expires_at = null
        where owner_id = $1 and owner_kind = 'hold' returning session_id as id
     ), forgotten as (
       delete from hold where id = $1
     )
     select id from handed union all select id from seated`,
    [holdId, appointmentId],
  );
  return rows.length > 0;
}

/** The visits that a hold keeps, in their order, as the ledger says it. */
export async function visitsOfHold(reader: Reader, holdId: string): Promise<Interval[]> {
  const rows = await reader.query<{ start: Date; end: Date }>(
    `select lower(visit) as start, upper(visit) as "end" from occupation
      where owner_id = $1 and owner_kind = 'hold' and visit is not null order by visit`,
    [holdId],
  );
  return rows.map(({ start, end }) => ({ start: start.toTemporalInstant(), end: end.toTemporalInstant() }));
}

/** Hands one visit of a hold over to its appointment; the others stay held. @returns false when it had ended */
export async function handOver(tx: Tx, holdId: string, visit: Interval, appointmentId: string): Promise<boolean> {
  const rows = await tx.query(
    `update occupation set owner_id = $3, owner_kind = 'appointment', expires_at = null
      where owner_id = $1 and owner_kind = 'hold' and during @> $2::tstzrange returning id`,
    [holdId, rangeOf(visit), appointmentId],
  );
  return rows.length > 0;
}

export async function forgetHold(tx: Tx, holdId: string): Promise<void> {
  await tx.query(`delete from hold where id = $1`, [holdId]);
}
