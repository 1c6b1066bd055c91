import type { Client } from 'pg';
import { personCodeIndex } from '#libs/people';
import { seal } from '#libs/platform';
import { subjectOf } from '../identity/person.js';
import type { PlannedAppointment } from './appointment-plan.js';
import { demoPatient } from './demo-people.js';
import type { PatientContact } from './patient-plan.js';
import { randomOf, uuidOf } from './random.js';

const day = 86_400_000;

/** In which days, counted from today, the demo patient has one appointment each. */
const windows: readonly {
  readonly from: number;
  readonly to: number;
  readonly status: PlannedAppointment['status'];
}[] = [
  { from: -20, to: -12, status: 'booked' },
  { from: -8, to: -3, status: 'cancelled' },
  { from: 2, to: 5, status: 'booked' },
  { from: 7, to: 12, status: 'pending' },
  { from: 20, to: 27, status: 'booked' },
];

export interface DemoPatient {
  /** The demo patient, if this is one of her appointments: in Rīga, asked for in the portal, one in each window. */
  takes(appointment: PlannedAppointment, today: number): (PatientContact & { accountId: string }) | undefined;
}

/**
 * The account, identity and record of the person whom the development identity provider offers first, so that signing in
 * as her shows a life: visits behind her, ahead of her, and one that waits for the clinic's answer.
 */
export async function loadDemoPatient(
  client: Client,
  settings: { issuer: string; createdAt: string },
): Promise<DemoPatient> {
  const random = randomOf('demo patient');
  const accountId = uuidOf(random);
  const patient: PatientContact = {
    id: uuidOf(random),
    email: demoPatient.email,
    phone: demoPatient.phone,
    language: demoPatient.language,
  };
  const { givenName, familyName, birthDate, country } = demoPatient;
  const code = demoPatient.personalCode.replace('-', '');
  await client.query(`insert into account (id, language, created_at) values ($1, $2, $3)`, [
    accountId,
    demoPatient.language,
    settings.createdAt,
  ]);
  await client.query(
    `insert into identity (issuer, subject, account_id, given_name, family_name, birth_date, person_code_country,
                           person_code_sealed, created_at, last_used_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [
      settings.issuer,
      subjectOf(demoPatient),
      accountId,
      givenName,
      familyName,
      birthDate,
      country,
      seal(code),
      settings.createdAt,
    ],
  );
  await client.query(
    `insert into patient (id, account_id, given_name, family_name, birth_date, person_code_country, person_code_sealed,
                          person_code_index, email, phone, language, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      patient.id,
      accountId,
      givenName,
      familyName,
      birthDate,
      country,
      seal(code),
      personCodeIndex({ country, code }),
      patient.email,
      patient.phone,
      patient.language,
      settings.createdAt,
    ],
  );
  const open = new Set(windows);
  return {
    takes: (appointment, today) => {
      const { calendar, start, origin, status, offer } = appointment;
      if (origin !== 'portal' || offer.patients === 'children' || calendar.workplace.branch.city.code !== 'riga')
        return undefined;
      const distance = Math.floor((start - today) / day);
      for (const window of open) {
        if (window.status === status && distance >= window.from && distance <= window.to) {
          open.delete(window);
          return { ...patient, accountId };
        }
      }
      return undefined;
    },
  };
}
