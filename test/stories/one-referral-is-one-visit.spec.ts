import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BookAppointment,
  CancelAppointment,
  ConfirmAppointment,
  ExpireAppointment,
  MoveAppointment,
  type ReferralDetails,
  RejectAppointment,
} from '#libs/appointments';
import { Refusal } from '#libs/platform';
import { audit } from '../../tools/audit/audit.js';
import { serverLog, type TestDatabase, testDatabase } from '../support/database.js';
import { aRequest, asGuest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar } from '../support/world.js';

const now = '2026-11-30T06:00:00Z';
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const reasonOf = (settled: PromiseSettledResult<unknown>): string =>
  settled.status === 'fulfilled'
    ? 'done'
    : settled.reason instanceof Refusal
      ? settled.reason.code
      : String(settled.reason);

const referral = (number: string | null, date = '2026-11-20'): ReferralDetails => ({
  number,
  date: Temporal.PlainDate.from(date),
  priority: 'planned',
  referrer: { name: 'Dr. Anna Liepa', institution: 'Liepas prakse', phone: '+37167000000', email: null },
});

describe('one referral is one visit', () => {
  let database: TestDatabase;
  let verbs: Verbs;
  let clinics: BookableCalendar[];
  let people = 0;

  beforeAll(async () => {
    database = await testDatabase();
    verbs = await verbsOn(database, now);
    const days = Array.from({ length: 28 }, (_, index) => ({
      start: `2026-12-${String(index + 1).padStart(2, '0')}T07:00:00Z`,
      end: `2026-12-${String(index + 1).padStart(2, '0')}T15:00:00Z`,
    }));
    clinics = [
      await aCalendar(database, { payer: 'state', openings: days }),
      await aCalendar(database, { payer: 'state', openings: days }),
    ];
    await database.sql(`update service set referral_required = true`);
  });
  afterAll(async () => {
    await verbs.close();
    await database.drop();
  });

  const person = () => ({
    givenName: 'Jānis',
    familyName: 'Ozols',
    birthDate: Temporal.PlainDate.from('1950-01-01').add({ days: ++people }),
    language: 'lv' as const,
  });
  const book = async (
    calendar: BookableCalendar,
    start: string,
    told: { referral?: ReferralDetails | null; acknowledged?: boolean },
    by?: { accountId: string; staffMemberId: string },
  ): Promise<string> => {
    const actor = by ? asStaff(calendar.clinicId, by) : asGuest(await anAccount(database));
    const { id } = await verbs.get(BookAppointment).run({
      actor,
      slot: { calendarId: calendar.calendarId, serviceId: calendar.serviceId, start: at(start) },
      patient: person(),
      contact: { email: 'janis@patient.example', phone: null },
      language: 'lv',
      termsVersion: null,
      origin: 'portal',
      request: aRequest(actor),
      ...told,
    });
    return id;
  };
  const active = (): Promise<{ n: number }[]> =>
    database.sql<{ n: number }>(
      `select count(*)::integer as n from referral where active group by number_index having count(*) > 1`,
    );
  const clean = async (): Promise<void> => {
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    // Free days have a story of their own; here nobody published any.
    const wrong = await audit({ query }, verbs.clock.now());
    expect(wrong.filter(({ promise }) => !promise.startsWith('free days'))).toEqual([]);
    expect(serverLog(database)).not.toMatch(/deadlock detected/);
    expect(await active()).toEqual([]);
  };

  it('also when two clinics are asked at the same moment, twenty times, however the number is typed', async () => {
    for (let round = 0; round < 20; round++) {
      const start = `2026-12-${String(1 + round).padStart(2, '0')}T08:00:00Z`;
      const settled = await Promise.allSettled(
        clinics.flatMap((calendar, index) => [
          book(calendar, start, { referral: referral(index ? `lv-${round} a` : `LV${round}A`) }),
          book(calendar, start.replace('08:00', '09:00'), { referral: referral(` Lv ${round}a`) }),
        ]),
      );
      expect(settled.map(reasonOf).sort()).toEqual(['done', 'referral-used', 'referral-used', 'referral-used']);
    }
    await clean();
  });

  it('and can be used again once the visit is cancelled, not while it is moved', async () => {
    const [first, second] = clinics as [BookableCalendar, BookableCalendar];
    const told = { referral: referral('LV-777') };
    const desk = await aStaffMember(database, first.clinicId);
    const id = await book(first, '2026-12-22T08:00:00Z', told);
    await expect(book(second, '2026-12-22T08:00:00Z', told)).rejects.toThrow(new Refusal('referral-used'));
    const actor = asStaff(first.clinicId, desk);
    const { calendarId, serviceId } = first;
    await verbs.get(MoveAppointment).run({
      actor,
      id,
      version: 1,
      to: { calendarId, serviceId, start: at('2026-12-22T10:00:00Z') },
      request: aRequest(actor),
    });
    await expect(book(second, '2026-12-22T08:00:00Z', told)).rejects.toThrow(new Refusal('referral-used'));
    await verbs.get(CancelAppointment).run({ actor, id, version: 2, request: aRequest(actor) });
    await expect(book(second, '2026-12-22T08:00:00Z', told)).resolves.toBeTruthy();
    await clean();
  });

  it('and again when the clinic rejects the request, or lets it run out', async () => {
    const manual = await aCalendar(database, { payer: 'state', confirmation: 'manual' });
    await database.sql(`update service set referral_required = true where id = $1`, [manual.serviceId]);
    const desk = await aStaffMember(database, manual.clinicId);
    const actor = asStaff(manual.clinicId, desk);
    const told = { referral: referral('LV-778') };
    const rejected = await book(manual, '2026-12-03T08:00:00Z', told);
    const wish = { actor, id: rejected, version: 1, reason: 'clinic-other', request: aRequest(actor) };
    await verbs.get(RejectAppointment).run(wish);
    const expired = await book(manual, '2026-12-03T09:00:00Z', told);
    verbs.clock.is('2026-12-02T06:00:00Z');
    await verbs.get(ExpireAppointment).run({ id: expired });
    const kept = await book(manual, '2026-12-04T09:00:00Z', told);
    await verbs.get(ConfirmAppointment).run({ actor, id: kept, version: 1, request: aRequest(actor) });
    await expect(book(manual, '2026-12-04T10:00:00Z', told)).rejects.toThrow(new Refusal('referral-used'));
    verbs.clock.is(now);
    await clean();
  });

  it('is needed, fresh, from the past and proven', async () => {
    const [first] = clinics as [BookableCalendar, BookableCalendar];
    const start = '2026-12-23T08:00:00Z';
    await expect(book(first, start, {})).rejects.toMatchObject({ code: 'referral-needed' });
    // The ninetieth day after its issue is the last one, whenever the visit is.
    await expect(book(first, start, { referral: referral('A1', '2026-08-31') })).rejects.toMatchObject({
      code: 'referral-expired',
    });
    await expect(book(first, start, { referral: referral('A2', '2026-12-01') })).rejects.toMatchObject({
      details: { errors: [{ path: 'referral.date', code: 'future' }] },
    });
    await expect(book(first, start, { referral: referral(null) })).rejects.toMatchObject({
      details: { errors: [{ path: 'referral.number', code: 'number-or-form' }] },
    });
    await expect(book(first, start, { referral: referral(' -- ') })).rejects.toMatchObject({
      details: { errors: [{ path: 'referral.number', code: 'format' }] },
    });
    await expect(book(first, start, { referral: referral('A3', '2026-09-01') })).resolves.toBeTruthy();
  });

  it('is recorded by staff too, who may have the paper in their hands', async () => {
    const [first] = clinics as [BookableCalendar, BookableCalendar];
    const desk = await aStaffMember(database, first.clinicId);
    const start = '2026-12-23T10:00:00Z';
    await expect(book(first, start, { acknowledged: true }, desk)).rejects.toMatchObject({ code: 'referral-needed' });
    const old = referral(null, '2026-08-01');
    await expect(book(first, start, { referral: old }, desk)).rejects.toMatchObject({ code: 'referral-expired' });
    await expect(book(first, start, { referral: old, acknowledged: true }, desk)).resolves.toBeTruthy();
  });

  it('is nowhere to be read in the database', async () => {
    const [row] = await database.sql<{ text: string }>(`select string_agg(r::text, ' ') as text from referral r`);
    const hex = (text: string): string => Buffer.from(text).toString('hex');
    for (const secret of ['LV777', 'LV-777', 'Anna Liepa', 'Liepas prakse', '+37167000000'])
      expect(row?.text).not.toContain(hex(secret));
  });

  it('is asked of those whose visit the state pays for, and of everybody where the service says so', async () => {
    const paid = await aCalendar(database, { payer: 'paid' });
    await database.sql(`update service set referral_required = true where id = $1`, [paid.serviceId]);
    await expect(book(paid, '2026-12-03T08:00:00Z', {})).resolves.toBeTruthy();
    await database.sql(`update service set referral_scope = 'all' where id = $1`, [paid.serviceId]);
    await expect(book(paid, '2026-12-03T09:00:00Z', {})).rejects.toMatchObject({ code: 'referral-needed' });
  });
});
