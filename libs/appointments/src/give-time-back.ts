import { allChanged, freeTime, keepSeat, takeTime } from '#libs/calendars';
import { Refusal, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import type { AppointmentRow } from './appointment-rows.js';
import type { Former } from './appointment.entity.js';
import { markIfOutside } from './orphan-marks.js';
import { releaseReferral } from './referral.js';
import type { Status } from './rules/status.js';
import { takesOf } from './stand.js';

interface Stand {
  status: Status;
  visit: Interval;
  resourceId: string;
}

/**
 * Ends an appointment that will not take place, or was missed: all of its time is free and its referral can be used again,
 * within this transaction.
 */
export async function releaseAppointment(
  tx: Tx,
  appointment: AppointmentRow,
  how: { status?: 'cancelled' | 'noshow'; now: Temporal.Instant; reason: string | null; late: boolean },
): Promise<Stand> {
  const { status = 'cancelled' } = how;
  await tx.query(
    `update appointment
        set status = $4, answer_due_at = null, former = null, cancel_reason = $2, late_cancel = $3,
            version = version + 1, sequence = sequence + 1
      where id = $1`,
    [appointment.id, how.reason, how.late, status],
  );
  const freed = [
    ...(await freeTime(tx, appointment.id, 'appointment')),
    ...(await freeTime(tx, appointment.id, 'former')),
  ];
  await releaseReferral(tx, appointment.id);
  await allChanged(tx, freed, how.now);
  return { status, visit: appointment.visit, resourceId: appointment.resourceId };
}

/** Gives back the old time of a move that was confirmed or moved on. */
export async function dropFormer(tx: Tx, appointment: AppointmentRow, now: Temporal.Instant): Promise<void> {
  if (appointment.former) await allChanged(tx, await freeTime(tx, appointment.id, 'former'), now);
}

/** Undoes a move that the clinic did not take: the appointment stands booked where it was before. */
export async function restoreFormer(
  tx: Tx,
  appointment: AppointmentRow,
  former: Former,
  now: Temporal.Instant,
): Promise<Stand> {
  const freed = await freeTime(tx, appointment.id, 'appointment');
  const isSeated = (await keepSeat(tx, appointment.id, 'former', 'appointment')) !== null;
  freed.push(...(await freeTime(tx, appointment.id, 'former')));
  const takes = takesOf(former);
  const owner = { kind: 'appointment', id: appointment.id, clinicId: appointment.clinicId } as const;
  const isOurs = isSeated || (await takeTime(tx, owner, takes));
  // It was taken all along by this appointment's own rows, under the lock: nobody else can have it.
  if (!isOurs) throw new Refusal('slot-taken');
  await tx.query(
    `update appointment
        set status = 'booked', answer_due_at = null, former = null, calendar_id = $2, service_id = $3, resource_id = $4,
            branch_id = $5, zone = b.zone, starts_at = $6, ends_at = $7,
            promised_wall_time = $6::timestamptz at time zone b.zone,
            price_cents = $8, minutes = $9, room = $10, version = version + 1, sequence = sequence + 1
       from branch b
      where appointment.id = $1 and b.id = $5`,
    [
      appointment.id,
      former.calendarId,
      former.serviceId,
      former.resourceId,
      former.branchId,
      former.startsAt,
      former.endsAt,
      former.priceCents,
      former.minutes ?? null,
      former.room ?? null,
    ],
  );
  const visit = { start: Temporal.Instant.from(former.startsAt), end: Temporal.Instant.from(former.endsAt) };
  if (isSeated) freed.push({ resourceId: former.resourceId, during: visit });
  await allChanged(tx, [...freed, ...takes], now);
  // Its opening may have been withdrawn while it waited elsewhere.
  await markIfOutside(tx, appointment.id, now);
  return { status: 'booked', visit, resourceId: former.resourceId };
}
