import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloseTime, FreeTimes, ReopenTime } from '#libs/calendars';
import { Database } from '#libs/platform';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, aStaffMember, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const aDay = { start: at('2026-12-01T00:00:00+02:00'), end: at('2026-12-02T00:00:00+02:00') };

describe('a practitioner who works at two clinics', () => {
  let database: TestDatabase;
  let verbs: Verbs;
  let ours: BookableCalendar;
  let theirs: BookableCalendar;
  beforeAll(async () => {
    database = await testDatabase();
    verbs = await verbsOn(database, start);
    ours = await aCalendar(database);
    theirs = await aCalendar(database, { payer: 'state' });
    await database.sql(`update calendar set resource_id = $2 where id = $1`, [theirs.calendarId, ours.practitionerId]);
    await database.sql(
      `insert into working_hours (clinic_id, calendar_id, weekday, starts, ends, valid_from, week_anchor, published)
       select c.clinic_id, c.id, 2, '09:00', '17:00', '2026-01-01', '2026-01-05', true from calendar c`,
    );
    await freeDaysAsOf(database, ours, start);
  });
  afterAll(async () => {
    await verbs.close();
    await database.drop();
  });
  const free = async ({ calendarId, serviceId }: BookableCalendar): Promise<number> =>
    (await verbs.get(FreeTimes).slots({ calendarId, serviceId, from: aDay.start, to: aDay.end })).slots.length;

  it('is closed at the clinic that says so, and stays open at the other', async () => {
    const actor = asStaff(ours.clinicId, await aStaffMember(database, ours.clinicId));
    const scope = { clinicId: ours.clinicId, branchId: null, resourceId: ours.practitionerId };
    const { id } = await verbs.get(CloseTime).run({ actor, scope, times: [aDay], reason: null });
    expect([await free(ours), await free(theirs)]).toEqual([0, 16]);
    const others = asStaff(theirs.clinicId, await aStaffMember(database, theirs.clinicId));
    await expect(verbs.get(ReopenTime).run({ actor: others, closureId: id })).rejects.toMatchObject({
      code: 'not-found',
    });
    // What the other clinic changes next must not find the closure either.
    const elsewhere = { clinicId: theirs.clinicId, branchId: theirs.branchId, resourceId: null };
    const evening = { start: at('2026-12-01T14:00:00Z'), end: at('2026-12-01T16:00:00Z') };
    await verbs.get(CloseTime).run({ actor: others, scope: elsewhere, times: [evening], reason: null });
    expect([await free(ours), await free(theirs)]).toEqual([0, 14]);
    await verbs.get(ReopenTime).run({ actor, closureId: id });
    expect([await free(ours), await free(theirs)]).toEqual([16, 14]);
  });

  it('is closed on the days, too, that the horizon reaches while the closure waits for its turn', async () => {
    const actor = asStaff(ours.clinicId, await aStaffMember(database, ours.clinicId));
    const scope = { clinicId: ours.clinicId, branchId: null, resourceId: null };
    const day = { start: at('2026-12-15T00:00:00+02:00'), end: at('2026-12-16T00:00:00+02:00') };
    await database.sql(`delete from opening where calendar_id = $1 and lower(during) >= '2026-12-14'`, [
      ours.calendarId,
    ]);
    await database.sql(`update calendar set published_until = '2026-12-13' where id = $1`, [ours.calendarId]);
    let closing: Promise<unknown> | undefined;
    await verbs.get(Database).transaction(async (tx) => {
      await tx.query(`select from resource where id = $1 for no key update`, [ours.practitionerId]);
      closing = verbs.get(CloseTime).run({ actor, scope, times: [day], reason: null });
      await new Promise((resolve) => setTimeout(resolve, 300));
      // What the round of the night does, under its lock.
      await tx.query(
        `insert into opening (calendar_id, clinic_id, during)
         values ($1, $2, '[2026-12-15T07:00:00Z,2026-12-15T15:00:00Z)')`,
        [ours.calendarId, ours.clinicId],
      );
      await tx.query(`update calendar set published_until = '2026-12-20' where id = $1`, [ours.calendarId]);
    });
    await closing;
    const left = await database.sql(`select from opening where calendar_id = $1 and lower(during) > '2026-12-14'`, [
      ours.calendarId,
    ]);
    expect(left).toHaveLength(0);
  });
});
