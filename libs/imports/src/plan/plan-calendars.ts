import { gridMinutes } from '#libs/calendars';
import { addCalendar, addOffer, type Known, type KnownCalendar, newId, offerKey } from '../known.js';
import type { Findings } from '../mistakes.js';
import { RowReader } from '../row-reader.js';
import { cents, oneOf, wholeNumber } from '../rules/cells.js';
import type { Row } from '../rules/mistake.js';
import { calendarOfRow, calendarsAt, payerCell } from './find-calendar.js';
import { differing, ownKey, referred, type SeenKeys } from './match-row.js';
import type { Plan } from './plan.js';

/** Rules that a calendar has when the file says none; minutes, days and hours. */
const usual = { confirmation: 'automatic', grid: 15, notice: 60, horizon: 90, lateCancel: 24 } as const;

/** Calendars: one practitioner at one branch for one payer. Their rules are changed under Calendars, not here. */
export function planCalendars(rows: readonly Row[], known: Known, plan: Plan, findings: Findings): void {
  const seen: SeenKeys = new Map();
  for (const each of rows) planCalendar(new RowReader(each, findings), known, plan, findings, seen);
}

function planCalendar(row: RowReader, known: Known, plan: Plan, findings: Findings, seen: SeenKeys): void {
  const key = ownKey(row, seen);
  const practitioner = referred(row, 'practitioner', known.practitioners);
  const branch = referred(row, 'branch', known.branches);
  const payer = row.has('payer') ? row.optional('payer', payerCell) : row.wrong('payer', 'payer-needed');
  const rules = {
    confirmation: row.optional('confirmation', (cell) => oneOf(cell, ['automatic', 'manual'] as const)),
    grid_minutes: row.optional('grid_minutes', (cell) => wholeNumber(cell, 5, 60)),
    minimum_notice_minutes: row.optional('minimum_notice_minutes', (cell) => wholeNumber(cell, 0, 43_200)),
    horizon_days: row.optional('horizon_days', (cell) => wholeNumber(cell, 1, 730)),
    late_cancel_hours: row.optional('late_cancel_hours', (cell) => wholeNumber(cell, 0, 336)),
  };
  if (row.isWrong || key === undefined || !practitioner || !branch || !payer) return;
  const there = calendarsAt(known, practitioner.id, branch.id).find((each) => each.payer === payer);
  const before = known.calendars.ofKey(key) ?? there;
  if (before) {
    if (before.payer !== payer) return row.wrong('payer', 'other-payer');
    if (plan.calendars.some(({ id }) => id === before.id)) return row.wrong('key', 'calendar-exists');
    plan.keys.push({ kind: 'calendar', key, id: before.id });
    known.calendars.call(key, before.id);
    const kept = differing(row, {
      practitioner: [practitioner.id, before.resourceId],
      branch: [branch.id, before.branchId],
      ...Object.fromEntries(
        Object.entries(rules).map(([column, said]) => [column, [said, before.rules[column]] as const]),
      ),
    });
    for (const column of kept) row.note(column, 'keeps-its-value');
    findings.count('calendar', kept.length > 0 ? 'kept' : 'same');
    return;
  }
  const calendar: KnownCalendar = {
    id: newId(),
    resourceId: practitioner.id,
    branchId: branch.id,
    payer,
    zone: branch.zone,
    hasHours: false,
    rules: {},
  };
  plan.calendars.push({
    ...calendar,
    confirmation: rules.confirmation ?? usual.confirmation,
    gridMinutes: rules.grid_minutes ?? 0,
    minimumNoticeMinutes: rules.minimum_notice_minutes ?? usual.notice,
    horizonDays: rules.horizon_days ?? usual.horizon,
    lateCancelHours: rules.late_cancel_hours ?? usual.lateCancel,
  });
  plan.keys.push({ kind: 'calendar', key, id: calendar.id });
  addCalendar(known, calendar);
  known.calendars.call(key, calendar.id);
  findings.count('calendar', 'added');
}

/** What calendars offer, at which price. Prices and lengths that stand are changed under Calendars. */
export function planOffers(rows: readonly Row[], known: Known, plan: Plan, findings: Findings): void {
  const seen = new Map<string, number>();
  for (const each of rows) planOffer(new RowReader(each, findings), known, plan, findings, seen);
  // A grid that no row names: the greatest step that fits all lengths.
  for (const calendar of plan.calendars.filter((each) => each.gridMinutes === 0)) {
    const lengths = plan.offers.filter((each) => each.calendarId === calendar.id).map((each) => each.minutes);
    calendar.gridMinutes = lengths.length > 0 ? gridMinutes(lengths) : usual.grid;
  }
}

function planOffer(row: RowReader, known: Known, plan: Plan, findings: Findings, seen: Map<string, number>): void {
  const calendar = calendarOfRow(row, known);
  const service = referred(row, 'service', known.services);
  const price = row.has('price') ? row.optional('price', cents) : row.wrong('price', 'price-needed');
  const minutes = row.optional('minutes', (cell) => wholeNumber(cell, 5, 480));
  const before = row.optional('buffer_before', (cell) => wholeNumber(cell, 0, 120));
  const after = row.optional('buffer_after', (cell) => wholeNumber(cell, 0, 120));
  if (row.isWrong || !calendar || !service || price === undefined) return;
  const key = offerKey(calendar.id, service.id);
  const line = seen.get(key);
  if (line !== undefined) return row.wrong('service', 'key-twice', { line });
  seen.set(key, row.row.line);
  const stands = known.offers.get(key);
  if (stands) {
    const kept = differing(row, {
      price: [price, stands.priceCents],
      minutes: [minutes, stands.minutes],
      buffer_before: [before, stands.bufferBefore],
      buffer_after: [after, stands.bufferAfter],
    });
    for (const column of kept) row.note(column, 'keeps-its-value');
    findings.count('offer', kept.length > 0 ? 'kept' : 'same');
    return;
  }
  const offer = {
    minutes: minutes ?? service.minutes,
    bufferBefore: before ?? service.bufferBefore,
    bufferAfter: after ?? service.bufferAfter,
    priceCents: price,
  };
  plan.offers.push({ calendarId: calendar.id, serviceId: service.id, ...offer });
  addOffer(known, calendar.id, service.id, { ...offer, tariffCents: 0, bySession: false, needsRoom: false });
  findings.count('offer', 'added');
}
