import { type Owner, type Take, takeSeat, takeTime, timeOf } from '#libs/calendars';
import type { Tx } from '#libs/platform';
import { subtract } from '#libs/time';
import type { AppointmentRow } from './appointment-rows.js';
import type { Former, Undo } from './appointment.entity.js';

/** Where an appointment stands and what it takes there, as it can be taken again. */
export async function standOf(tx: Tx, appointment: AppointmentRow): Promise<Former> {
  const { calendarId, serviceId, resourceId, branchId, visit, priceCents } = appointment;
  const times = await timeOf(tx, appointment.id, 'appointment');
  const own = times.find((time) => time.resourceId === resourceId);
  const [seat] = await tx.query<{ session_id: string; tariff_cents: number }>(
    `select session_id, tariff_cents from seat where owner_id = $1 and owner_kind = 'appointment'`,
    [appointment.id],
  );
  const taken = own?.during ?? visit;
  const rooms = times.filter((time) => time !== own).map((time) => time.resourceId);
  return {
    calendarId,
    serviceId,
    resourceId,
    branchId,
    startsAt: visit.start.toString(),
    endsAt: visit.end.toString(),
    takenFrom: taken.start.toString(),
    takenTo: taken.end.toString(),
    priceCents,
    tariffCents: own?.tariffCents ?? seat?.tariff_cents ?? 0,
    ...(appointment.minutes !== null && { minutes: appointment.minutes }),
    ...(appointment.room !== null && { room: appointment.room }),
    ...(rooms.length > 0 && { rooms }),
    ...(seat && { sessionId: seat.session_id }),
    ...(own?.override && { override: own.override }),
  };
}

/** Everything that has to be locked before a stand's time is taken. */
export const resourcesOfStand = ({ resourceId, rooms = [] }: Former): string[] => [resourceId, ...rooms];

/** The time of a stand, as it was taken; none where it was a seat, which is kept as such. */
export function takesOf(former: Former): Take[] {
  if (former.sessionId) return [];
  const during = { start: Temporal.Instant.from(former.takenFrom), end: Temporal.Instant.from(former.takenTo) };
  const visit = { start: Temporal.Instant.from(former.startsAt), end: Temporal.Instant.from(former.endsAt) };
  const { calendarId, serviceId, tariffCents = 0 } = former;
  const override = former.override ? { override: former.override } : {};
  return [
    { resourceId: former.resourceId, during, counts: { calendarId, serviceId, visit, tariffCents }, ...override },
    ...(former.rooms ?? []).map((resourceId) => ({ resourceId, during, counts: null })),
  ];
}

/**
 * Takes a stand's time or seat. The caller holds the locks of its resources.
 * @returns false when any of it is taken; the caller rolls back
 */
export async function takeStand(tx: Tx, owner: Owner, stand: Former): Promise<boolean> {
  if (stand.sessionId) return takeSeat(tx, owner, stand.sessionId, stand.tariffCents ?? 0);
  return takeTime(tx, owner, takesOf(stand));
}

/**
 * Keeps the old time of a move that waits, in rows of its own beside what the appointment takes now: where the two overlap
 * only the rest of the old one, so that together they are exactly both.
 * @returns false when any of it is taken
 */
export async function keepBeside(
  tx: Tx,
  { id, clinicId }: Pick<AppointmentRow, 'id' | 'clinicId'>,
  former: Former,
  now: readonly Take[],
): Promise<boolean> {
  for (const old of takesOf(former)) {
    // A time that staff had booked beside another is that other's in the ledger.
    if (old.override && old.override.lane > 0) continue;
    const ours = now.filter(({ resourceId }) => resourceId === old.resourceId).map(({ during }) => during);
    const rest = subtract([old.during], ours).map((during): Take => ({ ...old, during, counts: null }));
    if (!(await takeTime(tx, { kind: 'former', id, clinicId }, rest))) return false;
  }
  return true;
}

/** Notes where an appointment stands before a step of the staff's, which the caller carries out next. */
export async function noteForUndo(tx: Tx, appointment: AppointmentRow): Promise<void> {
  const known: Omit<Undo, 'answerDueAt' | 'orphaned' | 'hadReferral'> = {
    version: appointment.version + 1,
    status: appointment.status,
    stand: await standOf(tx, appointment),
    former: appointment.former,
  };
  await tx.query(
    `update appointment a
        set undo = $2::jsonb || jsonb_build_object(
              'answerDueAt', answer_due_at,
              'orphaned', case when orphaned_at is not null then jsonb_build_object(
                'at', orphaned_at, 'why', orphaned_why, 'keptAt', orphan_kept_at, 'keptBy', orphan_kept_by) end,
              'hadReferral', exists (select from referral r where r.appointment_id = a.id and r.active))
      where id = $1`,
    [appointment.id, JSON.stringify(known)],
  );
}
