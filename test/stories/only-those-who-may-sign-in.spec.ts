import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  AccessLog,
  accessEntities,
  AccessModule,
  actorOf,
  ForgetEnded,
  requireStaff,
  Sessions,
  SignInStaff,
  type StaffActor,
} from '#libs/access';
import { CLOCK, PlatformModule, tokenHash } from '#libs/platform';
import { migrations } from '../../migrations/index.js';
import { prepareEnvironment } from '../support/app.js';
import {
  aClinic,
  aPatient,
  aCredential,
  anAccount,
  aStaffMember,
  type Clinic,
  type Credential,
  type StaffMember,
} from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

const begin = '2027-03-01T08:00:00Z';

describe('sign-in and sessions', () => {
  let database: TestDatabase;
  let context: INestApplicationContext;
  const clock = testClock(begin);
  const get = <T>(type: Type<T>): T => context.get(type, { strict: false });

  beforeAll(async () => {
    database = await testDatabase();
    await prepareEnvironment({ database });
    const module = await Test.createTestingModule({
      imports: [PlatformModule.forRoot({ name: 'story', entities: accessEntities, migrations }), AccessModule],
    })
      .overrideProvider(CLOCK)
      .useValue(clock)
      .compile();
    module.enableShutdownHooks();
    context = await module.init();
  });

  afterAll(async () => {
    await context?.close();
    await database?.drop();
  });

  describe('a session', () => {
    it('is known by its hash only, ends when it is not used, and ends whatever happens', async () => {
      clock.set(begin);
      const { id: accountId } = await anAccount(database);
      const sessions = get(Sessions);
      const token = await sessions.open({ app: 'booking', accountId, level: 'eid' });
      expect(await database.sql('select from session where token_hash = $1', [tokenHash(token)])).toHaveLength(1);
      expect(JSON.stringify(await database.sql('select * from session'))).not.toContain(token);
      for (let minutes = 0; minutes < 700; minutes += 20) {
        expect(actorOf(await sessions.find(token, 'booking'))).toMatchObject({ kind: 'patient', accountId });
        clock.advance({ minutes: 20 });
      }
      clock.advance({ minutes: 20 });
      expect(await sessions.find(token, 'booking')).toBeUndefined();

      const idle = await sessions.open({ app: 'booking', accountId, level: 'eid' });
      clock.advance({ minutes: 30 });
      expect(await sessions.find(idle, 'booking')).toBeUndefined();
    });

    it('opens nothing in another app', async () => {
      const { id: accountId } = await anAccount(database);
      const token = await get(Sessions).open({ app: 'booking', accountId, level: 'email' });
      for (const app of ['clinic', 'guest'] as const) expect(await get(Sessions).find(token, app)).toBeUndefined();
      expect(actorOf(await get(Sessions).find(token, 'booking'))).toMatchObject({ kind: 'guest', accountId });
    });

    it('keeps its id but not its token when an anonymous visitor signs in', async () => {
      const { id: accountId } = await anAccount(database);
      const sessions = get(Sessions);
      const planted = await sessions.open({ app: 'booking', accountId: null, level: 'anonymous' });
      const { id } = (await sessions.find(planted, 'booking'))!;
      const token = await sessions.rotate(planted, { app: 'booking', accountId, level: 'email' });
      expect(await sessions.find(planted, 'booking')).toBeUndefined();
      expect(await sessions.find(token, 'booking')).toMatchObject({ id, accountId, level: 'email' });

      const other = await anAccount(database);
      const next = await sessions.rotate(token, { app: 'booking', accountId: other.id, level: 'eid' });
      expect(await sessions.find(token, 'booking')).toBeUndefined();
      expect((await sessions.find(next, 'booking'))?.id).not.toBe(id);
    });

    it('ends at once when it is revoked, one or all of an account', async () => {
      const { id: accountId } = await anAccount(database);
      const sessions = get(Sessions);
      const tokens = await Promise.all(
        [1, 2, 3].map(() => sessions.open({ app: 'booking', accountId, level: 'email' })),
      );
      await sessions.revoke(tokens[0]!);
      expect(await sessions.find(tokens[0]!, 'booking')).toBeUndefined();
      expect(await sessions.find(tokens[1]!, 'booking')).toBeDefined();
      await sessions.revokeAll(accountId);
      for (const token of tokens) expect(await sessions.find(token, 'booking')).toBeUndefined();
    });

    it('is forgotten a day after its end', async () => {
      await get(Sessions).open({ app: 'booking', accountId: null, level: 'anonymous' });
      clock.advance({ hours: 49 });
      await get(ForgetEnded).run();
      expect(await database.sql('select from session')).toEqual([]);
    });
  });

  describe('staff', () => {
    let clinic: Clinic;
    let staff: StaffMember;
    let credential: Credential;
    const signIn = async (changed: Partial<Parameters<SignInStaff['run']>[0]> = {}) =>
      get(SignInStaff).run({
        email: staff.email,
        password: credential.password,
        code: await credential.code(clock.now()),
        ...changed,
      });
    const refused = { code: 'wrong-credentials' };

    beforeAll(async () => {
      clock.set(begin);
      clinic = await aClinic(database);
      staff = await aStaffMember(database, { clinic, name: 'Ieva Ozola' });
      credential = await aCredential(database, staff);
    });

    it('sign in with a password and a code, and are who they are', async () => {
      const { token } = await signIn({ email: ` ${staff.email.toUpperCase()} ` });
      const actor = actorOf(await get(Sessions).find(token, 'clinic'));
      expect(actor).toMatchObject({
        kind: 'staff',
        staffMemberId: staff.id,
        clinicId: clinic.id,
        role: 'registrar',
        name: 'Ieva Ozola',
      });
      expect(requireStaff(actor, clinic.id, 'appointments.book')).toBe(actor);
      expect(() => requireStaff(actor, clinic.id, 'staff.edit')).toThrow('not-allowed');
      expect(() => requireStaff(actor, staff.id, 'calendar.read')).toThrow('not-found');
    });

    it('cannot use a code twice, not even at the same moment', async () => {
      clock.advance({ minutes: 2 });
      const answers = await Promise.allSettled(Array.from({ length: 5 }, () => signIn()));
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await expect(signIn()).rejects.toMatchObject(refused);
    });

    it('get one answer for whatever is wrong', async () => {
      clock.advance({ minutes: 5 });
      await expect(signIn({ password: 'another' })).rejects.toMatchObject(refused);
      await expect(signIn({ code: '000000' })).rejects.toMatchObject(refused);
      await expect(signIn({ code: 'abc' })).rejects.toMatchObject(refused);
      await expect(signIn({ email: 'nobody@clinic.example' })).rejects.toMatchObject(refused);
      await expect(signIn({ email: "' or 1=1 --" })).rejects.toMatchObject(refused);
    });

    it('are not slower to be refused when they exist', async () => {
      const [unknown, known]: [number[], number[]] = [[], []];
      const time = async (email: string, times: number[]): Promise<void> => {
        const started = performance.now();
        await signIn({ email, password: 'another' }).catch(() => undefined);
        times.push(performance.now() - started);
      };
      // In turn, so that whatever else the machine does slows both.
      for (let n = 0; n < 7; n++) {
        await time('nobody@clinic.example', unknown);
        await time(staff.email, known);
      }
      // The quickest of each: the hash takes many times as long as what differs; a missing one would show as a tenth.
      expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 3);
    });

    it('wait after many wrong tries, except in a browser that they know', async () => {
      clock.advance({ hours: 1 });
      const { knownDevice } = await signIn();
      for (let n = 0; n < 10; n++) {
        clock.advance({ seconds: 130 });
        await signIn({ password: `guess ${n}` }).catch(() => undefined);
      }
      clock.advance({ seconds: 31 });
      await expect(signIn()).rejects.toMatchObject(refused);
      await expect(signIn({ knownDevice: `${knownDevice.slice(0, -2)}xx` })).rejects.toMatchObject(refused);
      await expect(signIn({ knownDevice })).resolves.toMatchObject({ accountId: staff.accountId });
      for (let n = 0; n < 8; n++) await signIn({ password: `guess ${n}` }).catch(() => undefined);
      clock.advance({ seconds: 150 });
      await expect(signIn()).resolves.toMatchObject({ accountId: staff.accountId });
    });

    it('are out at once when their time at the clinic has ended', async () => {
      clock.advance({ minutes: 5 });
      const { token } = await signIn();
      expect(actorOf(await get(Sessions).find(token, 'clinic')).kind).toBe('staff');
      await database.sql(`update staff_member set active_to = '2027-02-28' where id = $1`, [staff.id]);
      expect(actorOf(await get(Sessions).find(token, 'clinic')).kind).toBe('anonymous');
      clock.advance({ minutes: 5 });
      await expect(signIn()).rejects.toMatchObject(refused);
      await database.sql('update staff_member set active_to = null where id = $1', [staff.id]);
    });

    it('leave a trace of each look that nobody can change', async () => {
      clock.advance({ minutes: 5 });
      const { token } = await signIn();
      const actor = actorOf(await get(Sessions).find(token, 'clinic')) as StaffActor;
      const patientId = await aPatient(database, { clinic });
      await get(AccessLog).looked(null, { actor, patientId, action: 'patient-panel', purpose: 'booking' });
      const rows = await database.sql(
        'select clinic_id, staff_member_id, role, patient_id, action, purpose from access_log',
      );
      expect(rows).toEqual([
        {
          clinic_id: clinic.id,
          staff_member_id: staff.id,
          role: 'registrar',
          patient_id: patientId,
          action: 'patient-panel',
          purpose: 'booking',
        },
      ]);
      const { Database } = await import('#libs/platform');
      for (const statement of [`update access_log set purpose = 'x'`, 'delete from access_log', 'truncate access_log'])
        await expect(get(Database).read(statement)).rejects.toThrow(/permission denied/);
    });
  });
});
