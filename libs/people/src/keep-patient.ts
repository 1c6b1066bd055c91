import { blindIndex, Refusal, seal, type Tx } from '#libs/platform';
import type { PatientDetails } from './patient-details.js';
import type { PersonCode } from './rules/person-code.js';

/** Who keeps the record: an account for its own people, or a clinic for those who call or come. */
export type Keeper = { accountId: string } | { clinicId: string };

/** By which a code is found without being readable (S-3.6). */
export const personCodeIndex = ({ country, code }: PersonCode): Buffer =>
  blindIndex('person-code', `${country}:${code}`);

interface Kept {
  id: string;
  agrees: boolean;
}

/**
 * Finds the keeper's record of a person or adds it, inside the verb's transaction; two at once get the same one.
 *
 * A person is their code, else their name and birth date; contacts are never identity, so two who share an address
 * stay two. What stands is never overwritten: names may be written otherwise today, but a code under which the keeper
 * knows someone whose given and family name are both others is a mistake, and is refused.
 * @returns the patient's id
 * @throws Refusal `invalid` at `patient.personCode.code` for such a mistake, at `patient.birthDate` when there is
 *   neither code nor birth date
 */
export async function keepPatient(
  tx: Tx,
  keeper: Keeper,
  details: PatientDetails,
  now: Temporal.Instant,
): Promise<string> {
  const { personCode } = details;
  if (!personCode && !details.birthDate)
    throw new Refusal('invalid', { errors: [{ path: 'patient.birthDate', code: 'code-or-birth-date' }] });
  if (personCode && !/^\d{11}$/.test(personCode.code))
    throw new Refusal('invalid', { errors: [{ path: 'patient.personCode.code', code: 'person-code' }] });
  const added = await add(tx, keeper, details, now);
  if (added) return added;
  const kept = personCode ? await findByCode(tx, keeper, personCode, details) : await findByName(tx, keeper, details);
  if (!kept) throw new Error('a patient who was just kept is not there');
  if (!kept.agrees)
    throw new Refusal('invalid', { errors: [{ path: 'patient.personCode.code', code: 'person-code-of-other' }] });
  return kept.id;
}

const keeperOf = (keeper: Keeper): [accountId: string | null, clinicId: string | null] =>
  'accountId' in keeper ? [keeper.accountId, null] : [null, keeper.clinicId];

async function add(
  tx: Tx,
  keeper: Keeper,
  details: PatientDetails,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const { personCode } = details;
  const [row] = await tx.query<{ id: string }>(
    `insert into patient (account_id, clinic_id, given_name, family_name, birth_date, person_code_country,
                          person_code_sealed, person_code_index, email, phone, language, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict do nothing
     returning id`,
    [
      ...keeperOf(keeper),
      details.givenName,
      details.familyName,
      details.birthDate?.toString() ?? null,
      personCode?.country ?? null,
      personCode ? seal(personCode.code) : null,
      personCode ? personCodeIndex(personCode) : null,
      details.email ?? null,
      details.phone ?? null,
      details.language,
      now.toString(),
    ],
  );
  return row?.id;
}

async function findByCode(
  tx: Tx,
  keeper: Keeper,
  code: PersonCode,
  details: PatientDetails,
): Promise<Kept | undefined> {
  const [row] = await tx.query<Kept>(
    `select id, fold(given_name) = fold($4) or fold(family_name) = fold($5) as agrees
       from patient
      where (account_id = $1 or clinic_id = $2) and person_code_index = $3`,
    [...keeperOf(keeper), personCodeIndex(code), details.givenName, details.familyName],
  );
  return row;
}

async function findByName(tx: Tx, keeper: Keeper, details: PatientDetails): Promise<Kept | undefined> {
  const [row] = await tx.query<Kept>(
    `select id, true as agrees
       from patient
      where (account_id = $1 or clinic_id = $2) and person_code_index is null
        and search_name = fold($3 || ' ' || $4) and birth_date = $5`,
    [...keeperOf(keeper), details.givenName, details.familyName, details.birthDate?.toString()],
  );
  return row;
}
