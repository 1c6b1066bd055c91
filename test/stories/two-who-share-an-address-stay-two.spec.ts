import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  keepPatient,
  type Keeper,
  mayActFor,
  type PatientDetails,
  Patients,
  peopleEntities,
  PeopleModule,
} from '#libs/people';
import { CLOCK, Database, PlatformModule } from '#libs/platform';
import { migrations } from '../../migrations/index.js';
import { prepareEnvironment } from '../support/app.js';
import { aClinic, anAccount, type Clinic } from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

describe('people', () => {
  let database: TestDatabase;
  let context: INestApplicationContext;
  let account: { accountId: string };
  let clinic: Clinic;
  const clock = testClock('2027-03-01T08:00:00Z');
  const email = 'gimene@patient.example';
  const ilze: PatientDetails = {
    givenName: 'Ilze',
    familyName: 'Bērziņa',
    birthDate: Temporal.PlainDate.from('1958-03-12'),
    email,
    language: 'lv',
  };
  const coded = { country: 'LV', code: '32503511782' } as const;
  const keep = (keeper: Keeper, details: PatientDetails) =>
    context.get(Database).transaction((tx) => keepPatient(tx, keeper, details, clock.now()));

  beforeAll(async () => {
    database = await testDatabase();
    await prepareEnvironment({ database });
    const module = await Test.createTestingModule({
      imports: [PlatformModule.forRoot({ name: 'story', entities: peopleEntities, migrations }), PeopleModule],
    })
      .overrideProvider(CLOCK)
      .useValue(clock)
      .compile();
    module.enableShutdownHooks();
    context = await module.init();
    account = { accountId: (await anAccount(database, { email })).id };
    clinic = await aClinic(database);
  });

  afterAll(async () => {
    await context?.close();
    await database?.drop();
  });

  it('who share an address and a telephone stay two, and neither renames the other', async () => {
    const first = await keep(account, ilze);
    const second = await keep(account, { ...ilze, givenName: 'Jānis', familyName: 'Bērziņš' });
    expect(second).not.toBe(first);
    const [one, two] = await context.get(Patients).ofAccount(account.accountId);
    expect([one?.givenName, two?.givenName]).toEqual(['Ilze', 'Jānis']);
  });

  it('are found again however their name is written, and stand as they stood', async () => {
    const first = await keep(account, ilze);
    const again = await keep(account, {
      ...ilze,
      givenName: 'ILZE',
      familyName: 'Berzina',
      email: 'cits@patient.example',
    });
    expect(again).toBe(first);
    const [card] = await context.get(Patients).cardsOf([first]);
    expect(card).toMatchObject({ givenName: 'Ilze', familyName: 'Bērziņa', email });
  });

  it('of the same name but another birth date are others', async () => {
    const first = await keep(account, ilze);
    expect(await keep(account, { ...ilze, birthDate: Temporal.PlainDate.from('1990-01-01') })).not.toBe(first);
  });

  it('are kept apart by each account and clinic, so that a code tells nobody who is known elsewhere', async () => {
    const other = { accountId: (await anAccount(database)).id };
    const mine = await keep(account, { ...ilze, personCode: coded });
    const theirs = await keep(other, { ...ilze, givenName: 'Zane', familyName: 'Ozola', personCode: coded });
    const atClinic = await keep({ clinicId: clinic.id }, { ...ilze, personCode: coded });
    expect(new Set([mine, theirs, atClinic]).size).toBe(3);
    const tx = { query: context.get(Database).read.bind(context.get(Database)) };
    expect(await mayActFor(tx, account.accountId, mine)).toBe(true);
    expect(await mayActFor(tx, account.accountId, theirs)).toBe(false);
    expect(await mayActFor(tx, account.accountId, atClinic)).toBe(false);
  });

  it('cannot be mistaken for somebody else by a code', async () => {
    await keep(account, { ...ilze, personCode: coded });
    const married = await keep(account, { ...ilze, familyName: 'Kalniņa', personCode: coded });
    expect(typeof married).toBe('string');
    await expect(
      keep(account, { ...ilze, givenName: 'Zane', familyName: 'Ozola', personCode: coded }),
    ).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ path: 'patient.personCode.code', code: 'person-code-of-other' }] },
    });
  });

  it('are one when they are added thirty times at once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 30 }, () =>
        keep(
          { clinicId: clinic.id },
          { ...ilze, givenName: 'Reizē', personCode: { country: 'EE', code: '60001019906' } },
        ),
      ),
    );
    expect(new Set(ids).size).toBe(1);
    const named = await Promise.all(
      Array.from({ length: 30 }, () => keep({ clinicId: clinic.id }, { ...ilze, givenName: 'Vienlaikus' })),
    );
    expect(new Set(named).size).toBe(1);
  });

  it('have codes that nobody can read in the table', async () => {
    const rows = JSON.stringify(
      await database.sql(
        'select person_code_sealed::text, person_code_index::text from patient where person_code_index is not null',
      ),
    );
    expect(rows).not.toContain(coded.code);
    expect(rows).not.toContain(Buffer.from(coded.code).toString('hex'));
  });
});
