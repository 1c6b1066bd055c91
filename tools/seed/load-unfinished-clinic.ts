import type { Client } from 'pg';
import { hashPassword } from '#libs/access';
import { seal } from '#libs/platform';
import { unfinishedClinic } from './content/unfinished-clinic.js';
import { demoSignIns } from './demo-people.js';
import { idsOf } from './random.js';

/** A clinic that is not published yet: its wizard shows what is missing, and its administrator can sign in to fill it in. */
export async function loadUnfinishedClinic(
  client: Client,
  createdAt: string,
  since: Temporal.PlainDate,
): Promise<void> {
  const { slug, name, registrationNumber, phone, email, branch, administrator, practitioner } = unfinishedClinic;
  const id = idsOf('unfinished', Date.parse(createdAt));
  const clinicId = id();
  await client.query(
    `insert into clinic (id, slug, country, name, registration_number, phone, email, created_at)
     values ($1, $2, 'LV', $3, $4, $5, $6, $7)`,
    [clinicId, slug, name, registrationNumber, phone, email, createdAt],
  );
  await client.query(
    `insert into branch (id, clinic_id, slug, name, city, address, postal_code, zone, phone, emergency)
     values ($1, $2, $3, $4, $5, $6, $7, 'Europe/Riga', $8, '{"name":"","address":"","phone":""}')`,
    [id(), clinicId, branch.slug, branch.name, branch.city, branch.address, branch.postalCode, phone],
  );
  const practitionerId = id();
  await client.query(
    `insert into practitioner (id, slug, given_name, family_name, created_at) values ($1, $2, $3, $4, $5)`,
    [practitionerId, practitioner.slug, practitioner.givenName, practitioner.familyName, createdAt],
  );
  await client.query(`insert into resource (id, kind, practitioner_id) values ($1, 'practitioner', $1)`, [
    practitionerId,
  ]);
  await client.query(
    `insert into practitioner_role (id, clinic_id, practitioner_id, active_from) values ($1, $2, $3, $4)`,
    [id(), clinicId, practitionerId, since.toString()],
  );
  const accountId = id();
  await client.query(
    `insert into account (id, email, email_verified_at, language, created_at) values ($1, $2, $3, 'lv', $3)`,
    [accountId, `admin@${slug}.example`, createdAt],
  );
  await client.query(
    `insert into staff_member (id, account_id, clinic_id, role, display_name, active_from)
     values ($1, $2, $3, 'admin', $4, $5)`,
    [id(), accountId, clinicId, administrator, since.toString()],
  );
  for (const { password, totpSecret } of demoSignIns.filter(({ email: known }) => known === `admin@${slug}.example`))
    await client.query(`insert into staff_credential (account_id, password_hash, totp_sealed) values ($1, $2, $3)`, [
      accountId,
      await hashPassword(password),
      seal(totpSecret),
    ]);
}
