import { Refusal, type Tx } from '#libs/platform';
import type { Payer } from './calendar.entity.js';
import { type BookingRules, gridOf, type OfferedService, ruleMistakes } from './rules/booking-rules.js';

/** @throws Refusal `invalid` naming each number that cannot be kept */
export function requireKeepable(rules: BookingRules, services: readonly OfferedService[]): void {
  const errors = ruleMistakes(rules, services);
  if (errors.length > 0) throw new Refusal('invalid', { errors });
}

/** @throws Refusal `invalid` when a service is not an active one of the clinic */
export async function requireServices(tx: Tx, clinicId: string, services: readonly OfferedService[]): Promise<void> {
  const known = await tx.query<{ id: string }>(`select id from service where clinic_id = $1 and active`, [clinicId]);
  const ids = new Set(known.map(({ id }) => id));
  const index = services.findIndex(({ serviceId }) => !ids.has(serviceId));
  if (index >= 0) {
    throw new Refusal('invalid', { errors: [{ path: `services.${index}.serviceId`, code: 'choice' }] });
  }
}

/** Writes a calendar that nobody sees yet: its hours are not published. */
export async function insertCalendar(
  tx: Tx,
  calendar: { clinicId: string; branchId: string; resourceId: string; payer: Payer; at: Temporal.Instant },
  rules: BookingRules,
  services: readonly OfferedService[],
): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(
    `insert into calendar (clinic_id, branch_id, resource_id, payer, confirmation, grid_minutes, minimum_notice_minutes,
                           horizon_days, late_cancel_hours, answer_within_hours, most_per_day, buffers_may_leave_opening,
                           created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict on constraint calendar_once do nothing
     returning id`,
    [
      calendar.clinicId,
      calendar.branchId,
      calendar.resourceId,
      calendar.payer,
      rules.confirmation,
      gridOf(rules, services),
      rules.minimumNoticeMinutes,
      rules.horizonDays,
      rules.lateCancelHours,
      rules.answerWithinHours,
      rules.mostPerDay,
      rules.buffersMayLeaveOpening,
      calendar.at.toString(),
    ],
  );
  return row?.id;
}

/** Writes what a calendar offers; what it offered before and does not now stays for its appointments, inactive. */
export async function writeServices(
  tx: Tx,
  calendar: { id: string; clinicId: string },
  services: readonly OfferedService[],
): Promise<void> {
  await tx.query(`update calendar_service set active = false where calendar_id = $1 and service_id <> all($2)`, [
    calendar.id,
    services.map(({ serviceId }) => serviceId),
  ]);
  await tx.query(
    `insert into calendar_service as cs
       (calendar_id, clinic_id, service_id, minutes, buffer_before, buffer_after, price_cents, confirmation,
        minimum_notice_minutes, horizon_days, late_cancel_hours, tariff_cents, by_session, active)
     select $1, $2, o.service_id, o.minutes, o.buffer_before, o.buffer_after, o.price_cents, o.confirmation, o.notice,
            o.horizon, o.late_cancel, o.tariff_cents, o.by_session, true
       from unnest($3::uuid[], $4::smallint[], $5::smallint[], $6::smallint[], $7::integer[], $8::text[], $9::integer[],
                   $10::smallint[], $11::smallint[], $12::integer[], $13::boolean[])
            as o(service_id, minutes, buffer_before, buffer_after, price_cents, confirmation, notice, horizon, late_cancel,
                 tariff_cents, by_session)
     on conflict on constraint calendar_service_pkey do update
        set minutes = excluded.minutes, buffer_before = excluded.buffer_before, buffer_after = excluded.buffer_after,
            price_cents = excluded.price_cents, confirmation = excluded.confirmation,
            minimum_notice_minutes = excluded.minimum_notice_minutes, horizon_days = excluded.horizon_days,
            late_cancel_hours = excluded.late_cancel_hours, tariff_cents = excluded.tariff_cents,
            by_session = excluded.by_session, active = true`,
    [
      calendar.id,
      calendar.clinicId,
      services.map((each) => each.serviceId),
      services.map((each) => each.minutes),
      services.map((each) => each.bufferBefore),
      services.map((each) => each.bufferAfter),
      services.map((each) => each.priceCents),
      services.map((each) => each.confirmation),
      services.map((each) => each.minimumNoticeMinutes),
      services.map((each) => each.horizonDays),
      services.map((each) => each.lateCancelHours),
      services.map((each) => each.tariffCents),
      services.map((each) => each.bySession),
    ],
  );
}
