import { generate } from 'otplib';
import { hashPassword, newTotpSecret } from '#libs/access';
import { seal } from '#libs/platform';
import type { Clinic, Practitioner } from './build-clinic.js';
import { insert, longAgo, unique } from './build-row.js';
import type { TestDatabase } from './database.js';

/** Somebody with an account; patients sign in with an e-mail code or an identity. */
export async function anAccount(
  database: TestDatabase,
  { email = `${unique('patient')}@patient.example`, language = 'lv' } = {},
): Promise<{ id: string; email: string }> {
  const id = await insert(database, 'account', { email, email_verified_at: longAgo, language, created_at: longAgo });
  return { id, email };
}

export interface StaffMember {
  id: string;
  accountId: string;
  clinicId: string;
  role: 'registrar' | 'practitioner' | 'assistant' | 'admin';
  email: string;
}

/** Somebody who works at the clinic. To sign in they need `aCredential`. */
export async function aStaffMember(
  database: TestDatabase,
  {
    clinic,
    role = 'registrar',
    practitioner,
    name = 'Ieva',
    branches,
    assists = [],
    assistsUntil = '2099-12-31',
  }: {
    clinic: Pick<Clinic, 'id'>;
    role?: StaffMember['role'];
    practitioner?: Practitioner;
    name?: string;
    /** Bound to these; to none unless told. */
    branches?: readonly { id: string }[];
    /** Whom an assistant assists, until the day, included. */
    assists?: readonly { id: string }[];
    assistsUntil?: string;
  },
): Promise<StaffMember> {
  const account = await anAccount(database, { email: `${unique(role)}@clinic.example` });
  const id = await insert(database, 'staff_member', {
    account_id: account.id,
    clinic_id: clinic.id,
    role,
    practitioner_id: practitioner?.id,
    display_name: name,
    active_from: '2026-01-01',
    bound_to_branches: branches !== undefined,
  });
  for (const { id: branchId } of branches ?? [])
    await database.sql(`insert into staff_branch (staff_member_id, branch_id, clinic_id) values ($1, $2, $3)`, [
      id,
      branchId,
      clinic.id,
    ]);
  for (const { id: practitionerId } of assists)
    await database.sql(
      `insert into staff_practitioner (staff_member_id, practitioner_id, clinic_id, valid_from, valid_to)
       values ($1, $2, $3, '2026-01-01', $4)`,
      [id, practitionerId, clinic.id, assistsUntil],
    );
  return { id, accountId: account.id, clinicId: clinic.id, role, email: account.email };
}

/** A patient without a person code, kept by an account or a clinic. */
export async function aPatient(
  database: TestDatabase,
  {
    account,
    clinic,
    givenName = 'Ilze',
    familyName = 'Bērziņa',
    birthDate = '1958-03-12',
    email,
    language = 'lv',
  }: {
    account?: { id: string };
    clinic?: Pick<Clinic, 'id'>;
    givenName?: string;
    familyName?: string;
    birthDate?: string;
    email?: string;
    language?: string;
  },
): Promise<string> {
  return insert(database, 'patient', {
    account_id: account?.id,
    clinic_id: clinic?.id,
    given_name: givenName,
    family_name: familyName,
    birth_date: birthDate,
    email,
    language,
    created_at: longAgo,
  });
}

export interface Credential {
  password: string;
  /** The code that their authenticator shows at a moment. */
  code(now: Temporal.Instant): Promise<string>;
}

/** Password and second factor of somebody who works at a clinic; after `prepareEnvironment`, as the secret is sealed. */
export async function aCredential(
  database: TestDatabase,
  { accountId }: Pick<StaffMember, 'accountId'>,
): Promise<Credential> {
  const password = unique('correct horse battery');
  const secret = newTotpSecret();
  await insert(database, 'staff_credential', {
    account_id: accountId,
    password_hash: await hashPassword(password),
    totp_sealed: seal(secret),
  });
  return { password, code: (now) => generate({ secret, epoch: Math.floor(now.epochMilliseconds / 1000) }) };
}
