import type { Client } from 'pg';
import { type PlannedCalendar, vacationInterval } from './calendar-plan.js';
import { conditions } from './content/conditions.js';
import { CopyIn } from './copy-in.js';
import type { PlannedOpening } from './opening-plan.js';
import { idsOf } from './random.js';

/** How long ahead people may book, in days. */
export const horizonDays = 90;

export async function loadCalendars(
  client: Client,
  calendars: readonly PlannedCalendar[],
  createdAt: string,
  today: Temporal.PlainDate,
): Promise<void> {
  const calendar = new CopyIn(client, 'calendar', [
    'id',
    'clinic_id',
    'branch_id',
    'resource_id',
    'payer',
    'confirmation',
    'grid_minutes',
    'minimum_notice_minutes',
    'horizon_days',
    'answer_within_hours',
    'published',
    'published_until',
    'created_at',
  ]);
  const offered = new CopyIn(client, 'calendar_service', [
    'calendar_id',
    'service_id',
    'clinic_id',
    'minutes',
    'buffer_before',
    'buffer_after',
    'price_cents',
    'minimum_notice_minutes',
    'late_cancel_hours',
    'by_session',
  ]);
  const hours = new CopyIn(client, 'working_hours', [
    'id',
    'clinic_id',
    'calendar_id',
    'weekday',
    'starts',
    'ends',
    'valid_from',
    'every_nth_week',
    'week_anchor',
    'published',
  ]);
  const closure = new CopyIn(client, 'closure', [
    'id',
    'clinic_id',
    'resource_id',
    'during',
    'reason',
    'public_reason',
    'created_by',
    'created_at',
  ]);
  const id = idsOf('hours', Date.parse(createdAt));
  const until = today.add({ days: horizonDays }).toString();
  const absent = new Set<string>();
  for (const planned of calendars) {
    const { clinic, branch } = planned.workplace;
    calendar.add(
      planned.id,
      clinic.id,
      branch.id,
      planned.resourceId,
      planned.payer,
      planned.confirmation,
      planned.gridMinutes,
      planned.minimumNoticeMinutes,
      horizonDays,
      answerWithinHours,
      true,
      until,
      createdAt,
    );
    for (const { service, minutes, before, after, cents } of planned.offers) {
      const { noticeHours, lateCancelHours } = conditions[service.kind.code] ?? {};
      offered.add(
        planned.id,
        service.id,
        clinic.id,
        minutes,
        before,
        after,
        cents,
        noticeHours === undefined ? null : noticeHours * 60,
        lateCancelHours ?? null,
        service.kind.seats !== undefined,
      );
    }
    for (const each of planned.hours) {
      hours.add(
        id(),
        clinic.id,
        planned.id,
        each.weekday,
        each.starts,
        each.ends,
        each.validFrom.toString(),
        each.everyNthWeek,
        each.weekAnchor.toString(),
        true,
      );
    }
    if (absent.has(planned.resourceId)) continue;
    absent.add(planned.resourceId);
    for (const { start, end } of vacationInterval(planned)) {
      const isLatvian = clinic.data.country === 'LV';
      closure.add(
        id(),
        clinic.id,
        planned.resourceId,
        `[${start.toString()},${end.toString()})`,
        null,
        isLatvian ? 'Atvaļinājums' : 'Puhkus',
        clinic.admin.id,
        createdAt,
      );
    }
  }
  for (const table of [calendar, offered, hours, closure]) await table.flush();
}

/** How long a clinic takes to answer a request; also the deadline of the pending appointments in the seed. */
export const answerWithinHours = 48;

export async function loadOpenings(
  client: Client,
  calendars: readonly PlannedCalendar[],
  openingsOf: (calendar: PlannedCalendar) => readonly PlannedOpening[],
): Promise<number> {
  const opening = new CopyIn(client, 'opening', ['calendar_id', 'clinic_id', 'during']);
  for (const calendar of calendars) {
    for (const { start, end } of openingsOf(calendar)) {
      opening.add(
        calendar.id,
        calendar.workplace.clinic.id,
        `[${new Date(start).toISOString()},${new Date(end).toISOString()})`,
      );
    }
    if (opening.isFull) await opening.flush();
  }
  await opening.flush();
  return opening.rows;
}
