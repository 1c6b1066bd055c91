import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '#libs/access';
import { aClinic } from '../support/builders.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { appointment, bundle, clinicEntries, participants, patient } from '../support/import-bundle.js';
import { importer } from '../support/import-files.js';
import { asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aStaffMember } from '../support/world.js';

describe('a clinic is brought in from a FHIR Bundle', () => {
  let database: TestDatabase;
  let verbs: Verbs;

  beforeAll(async () => {
    database = await testDatabase();
    verbs = await verbsOn(database, '2026-03-02T08:00:00Z');
  });
  afterAll(async () => {
    await verbs?.close();
    await database?.drop();
  });

  async function newClinic(): Promise<{ clinicId: string } & ReturnType<typeof importer>> {
    const { id: clinicId } = await aClinic(database, { country: 'EE' });
    await database.sql(`update clinic set published = false where id = $1`, [clinicId]);
    const actor = { ...asStaff(clinicId, await aStaffMember(database, clinicId, 'admin')), role: 'admin' } as Actor;
    return { clinicId, ...importer(verbs, actor, clinicId) };
  }

  it('with all that its references mean, and again without a change', async () => {
    const clinic = await newClinic();
    const contained = {
      slot: undefined,
      extension: [{ url: 'https://pieraksts.example/fhir/StructureDefinition/payer', valueCode: 'state' }],
      contained: [
        {
          resourceType: 'Patient',
          id: 'p',
          name: [{ family: 'Kask', given: ['Jaan'] }],
          birthDate: '1990-02-03',
          telecom: [{ system: 'email', value: 'jaan@post.example' }],
        },
      ],
      participant: participants('#p', 'PractitionerRole/role-1'),
      start: '2026-03-17T08:00:00Z',
      end: '2026-03-17T08:45:00Z',
    };
    const file = bundle(
      ...clinicEntries,
      appointment('a2', contained),
      appointment('a3', { status: 'cancelled' }),
      appointment('a4', {
        start: '2026-03-24T09:00:00+02:00',
        end: undefined,
        minutesDuration: 20,
        slot: [{ reference: 'https://his.kliinik.example/fhir/Slot/1/_history/3' }],
      }),
    );
    const checked = await clinic.check({ 'export.json': file });
    expect(await clinic.found(checked.id)).toEqual([]);
    const done = await clinic.bringIn(checked.id);
    expect(done).toMatchObject({
      state: 'done',
      counts: {
        branch: { added: 1 },
        practitioner: { added: 1 },
        service: { added: 1 },
        calendar: { added: 2 },
        offer: { added: 2 },
        hours: { added: 4 },
        appointment: { added: 3, ignored: 1 },
      },
    });
    const [branch] = await database.sql(
      `select name, zone, emergency ->> 'phone' as phone from branch where clinic_id = $1`,
      [clinic.clinicId],
    );
    expect(branch).toEqual({ name: 'Kesklinn', zone: 'Europe/Tallinn', phone: '112' });
    const stored = await database.sql(
      `select a.starts_at, extract(epoch from a.ends_at - a.starts_at)::integer / 60 as minutes, a.payer, a.price_cents, a.language,
              p.given_name, p.family_name, p.person_code_country as country, p.birth_date::text, a.orphaned_at is not null as outside
         from appointment a join patient p on p.id = a.patient_id where a.clinic_id = $1 order by a.starts_at`,
      [clinic.clinicId],
    );
    expect(stored).toMatchObject([
      {
        minutes: 30,
        payer: 'paid',
        price_cents: 5550,
        language: 'et',
        given_name: 'Mari Liis',
        country: 'EE',
        birth_date: '1976-05-03',
      },
      { minutes: 45, payer: 'state', family_name: 'Kask', birth_date: '1990-02-03' },
      { minutes: 20, payer: 'paid', family_name: 'Tamm', outside: false },
    ]);
    const again = await clinic.all({ 'export.json': file });
    expect(again.counts).toMatchObject({
      branch: { same: 1 },
      calendar: { same: 2 },
      hours: { same: 4 },
      appointment: { same: 3, added: 0 },
    });
  });

  it('with its mistakes told by entry and path', async () => {
    const clinic = await newClinic();
    const schedule = clinicEntries.length;
    const found = await clinic.against({
      'export.json': bundle(
        ...clinicEntries,
        { resource: { resourceType: 'Schedule', id: 'bare', actor: [{ reference: 'Practitioner/nobody' }] } },
        appointment('b1', { status: 'pending', start: '2026-03-18T09:00:00+02:00', end: '2026-03-18T09:30:00+02:00' }),
        appointment('b2', { slot: undefined, participant: participants('Practitioner/dr-1', 'Patient/none') }),
        appointment('b3', { start: '2026-03-16T09:10:00+02:00', end: '2026-03-16T09:40:00+02:00' }),
        patient('7', { identifier: [{ type: { coding: [{ code: 'NNEST' }] }, value: '37605030290' }] }),
        appointment('b4', {
          start: '2026-03-19T09:00:00+05:00',
          end: '2026-03-19T09:30:00+05:00',
          participant: participants('urn:uuid:00000000-0000-4000-8000-000000000007', 'HealthcareService/hs-1'),
        }),
      ),
    });
    expect(found.map((each) => each.replace('export.json:', ''))).toEqual([
      `${schedule} Schedule.actor unknown-reference`,
      `${schedule} Schedule.actor required`,
      `${schedule} Schedule.extension(payer) payer-needed`,
      `${schedule + 1} Appointment.status status`,
      `${schedule + 2} Appointment.extension(payer) payer-needed`,
      `${schedule + 2} Appointment.participant required`,
      `${schedule + 2} Patient.name.given required`,
      `${schedule + 2} Patient.name.family required`,
      `${schedule + 2} Patient.telecom contact-needed`,
      `${schedule + 3} Appointment.start time-twice`,
      `${schedule + 3} Appointment.start patient-twice`,
      `${schedule + 5} Appointment.start offset-of-other-zone`,
      `${schedule + 5} Patient.identifier person-code`,
    ]);
  });
});
