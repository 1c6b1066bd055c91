import { blindIndex, open, openBytes, Refusal, seal, sealBytes, type Tx } from '#libs/platform';
import type { FormKind, ReferralForm } from './referral-form.js';
import { isExpired, plainNumber, type ReferralDetails } from './rules/referral-details.js';

type Reader = Pick<Tx, 'query'>;

/** A referral as it is kept sealed. */
interface Sealed extends Omit<ReferralDetails, 'date'> {
  date: string;
}

export const sealReferral = (details: ReferralDetails): Buffer =>
  seal(JSON.stringify({ ...details, date: details.date.toString() } satisfies Sealed));

export function openReferral(sealed: Buffer): ReferralDetails {
  const kept = JSON.parse(open(sealed)) as Sealed;
  return { ...kept, date: Temporal.PlainDate.from(kept.date) };
}

/** By which a number is found in every clinic of a country without being readable (promise: one referral, one visit). */
function indexOf(country: 'LV' | 'EE', number: string): Buffer {
  const plain = plainNumber(number);
  if (plain === null) throw new Refusal('invalid', { errors: [{ path: 'referral.number', code: 'format' }] });
  return blindIndex('referral', `${country}:${plain}`);
}

/**
 * Whether a referral can be booked with today.
 * @throws Refusal `invalid` at `referral.date` for a day to come, `referral-expired`
 */
export async function requireFresh(
  reader: Reader,
  country: 'LV' | 'EE',
  { date }: ReferralDetails,
  today: Temporal.PlainDate,
): Promise<void> {
  if (Temporal.PlainDate.compare(date, today) > 0)
    throw new Refusal('invalid', { errors: [{ path: 'referral.date', code: 'future' }] });
  const rows = await reader.query<{ from: string; days: number | null }>(
    `select valid_from::text as from, booking_days as days from referral_rule where country = $1`,
    [country],
  );
  const rules = rows.map(({ from, days }) => ({ validFrom: Temporal.PlainDate.from(from), bookingDays: days }));
  if (isExpired(date, rules, today)) throw new Refusal('referral-expired');
}

/** @throws Refusal `referral-used` when another visit stands on the number; without a lock, as a first look */
export async function requireUnused(reader: Reader, country: 'LV' | 'EE', number: string | null): Promise<void> {
  if (number === null) return;
  const used = await reader.query(`select from referral where number_index = $1 and active`, [
    indexOf(country, number),
  ]);
  if (used.length > 0) throw new Refusal('referral-used');
}

/** A referral on its way to the appointment that will stand on it. */
export interface ReferralToTake {
  numberIndex: Buffer | null;
  details: ReferralDetails;
  form: { kind: FormKind; sealed: Buffer } | null;
}

/**
 * Locks the number, after everything else that the verb locks (promise 2), and looks again.
 * @throws Refusal `referral-used`
 */
export async function lockReferral(
  tx: Tx,
  country: 'LV' | 'EE',
  details: ReferralDetails,
  form: ReferralToTake['form'],
): Promise<ReferralToTake> {
  if (details.number === null) return { numberIndex: null, details, form };
  const numberIndex = indexOf(country, details.number);
  const known = await tx.query<{ active: boolean }>(
    `select active from referral where number_index = $1 order by id for no key update`,
    [numberIndex],
  );
  if (known.some(({ active }) => active)) throw new Refusal('referral-used');
  return { numberIndex, details, form };
}

/**
 * Lets an appointment stand on its referral. Of two who bring one number for the first time at the same moment, the second
 * waits here for the first, because there is no row yet that could be locked.
 * @throws Refusal `referral-used`
 */
export async function takeReferral(
  tx: Tx,
  referral: ReferralToTake,
  { appointmentId, clinicId, now }: { appointmentId: string; clinicId: string; now: Temporal.Instant },
): Promise<void> {
  const { numberIndex, details, form } = referral;
  const taken = await tx.query(
    `insert into referral (clinic_id, appointment_id, number_index, details_sealed, form_kind, form_sealed, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (number_index) where active and number_index is not null do nothing
     returning id`,
    [
      clinicId,
      appointmentId,
      numberIndex,
      sealReferral(details),
      form?.kind ?? null,
      form?.sealed ?? null,
      now.toString(),
    ],
  );
  if (taken.length === 0) throw new Refusal('referral-used');
}

/** Lets a referral be used again, once the visit that stood on it will not take place. */
export async function releaseReferral(tx: Tx, appointmentId: string): Promise<void> {
  await tx.query(`update referral set active = false where appointment_id = $1 and active`, [appointmentId]);
}

/**
 * Lets the visit stand on its referral again, once a cancellation is undone.
 * @throws Refusal `referral-used` when another visit stands on the number meanwhile
 */
export async function restoreReferral(tx: Tx, appointmentId: string): Promise<void> {
  const restored = await tx.query(
    `update referral r set active = true
      where r.id = (select id from referral where appointment_id = $1 order by created_at desc, id desc limit 1)
        and not exists (
          select from referral o where o.number_index = r.number_index and o.active and o.id <> r.id)
      returning id`,
    [appointmentId],
  );
  if (restored.length === 0) throw new Refusal('referral-used');
}

/** What was told of a referral while a time is held. */
export interface ReferralDraftValue {
  details: ReferralDetails;
  form: { kind: FormKind; sealed: Buffer } | null;
}

export async function referralDraft(reader: Reader, holdId: string): Promise<ReferralDraftValue | undefined> {
  const [row] = await reader.query<{ details: Buffer; kind: FormKind | null; form: Buffer | null }>(
    `select details_sealed as details, form_kind as kind, form_sealed as form from referral_draft where hold_id = $1`,
    [holdId],
  );
  return (
    row && { details: openReferral(row.details), form: row.kind && row.form && { kind: row.kind, sealed: row.form } }
  );
}

/** The form that was uploaded, as it was kept. */
export const openForm = (kind: FormKind, sealed: Buffer): ReferralForm => ({ kind, bytes: openBytes(sealed) });
export const sealForm = ({ kind, bytes }: ReferralForm): { kind: FormKind; sealed: Buffer } => ({
  kind,
  sealed: sealBytes(bytes),
});
