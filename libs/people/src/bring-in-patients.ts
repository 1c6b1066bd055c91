import { type Language, seal, type Tx } from '#libs/platform';
import { personCodeIndex } from './keep-patient.js';
import type { PersonCode, PersonCodeCountry } from './rules/person-code.js';

/** A person code as it is kept: sealed, and found by its fingerprint (S-3.6). */
export interface SealedCode {
  country: PersonCodeCountry;
  sealed: Buffer;
  index: Buffer;
}

export const sealCode = (personCode: PersonCode): SealedCode => ({
  country: personCode.country,
  sealed: seal(personCode.code),
  index: personCodeIndex(personCode),
});

/** A patient of an import, checked by `checkPatient`. */
export interface PatientBroughtIn {
  givenName: string;
  familyName: string;
  birthDate: Temporal.PlainDate | null;
  code: SealedCode | null;
  email: string | null;
  phone: string | null;
  language: Language;
}

/**
 * Finds or adds many patients of a clinic at once, as `keepPatient` does one: a person is their code, else name and birth
 * date, contacts are never identity, and what stands is not overwritten. The caller has checked that each has a code or a
 * birth date, and that no code is another person's.
 * @returns the ids in the order of the people; the same person has one id
 */
export async function bringInPatients(
  tx: Tx,
  clinicId: string,
  people: readonly PatientBroughtIn[],
  now: Temporal.Instant,
): Promise<string[]> {
  const codes = people.map(({ code }) => code?.index ?? null);
  await tx.query(
    `insert into patient (clinic_id, given_name, family_name, birth_date, person_code_country, person_code_sealed,
                          person_code_index, email, phone, language, created_at)
     select $1, p.given, p.family, p.birth, p.country, p.sealed, p.code, p.email, p.phone, p.language, $2
       from unnest($3::text[], $4::text[], $5::date[], $6::text[], $7::bytea[], $8::bytea[], $9::text[], $10::text[], $11::text[])
            with ordinality as p(given, family, birth, country, sealed, code, email, phone, language, n)
      order by p.n
     on conflict do nothing`,
    [
      clinicId,
      now.toString(),
      people.map((each) => each.givenName),
      people.map((each) => each.familyName),
      people.map((each) => each.birthDate?.toString() ?? null),
      people.map((each) => each.code?.country ?? null),
      people.map((each) => each.code?.sealed ?? null),
      codes,
      people.map((each) => each.email),
      people.map((each) => each.phone),
      people.map((each) => each.language),
    ],
  );
  const rows = await tx.query<{ id: string | null }>(
    `select coalesce(c.id, n.id) as id
       from unnest($2::text[], $3::text[], $4::date[], $5::bytea[]) with ordinality as p(given, family, birth, code, nth)
       left join patient c on p.code is not null and c.clinic_id = $1 and c.person_code_index = p.code
       left join patient n on p.code is null and n.clinic_id = $1 and n.person_code_index is null
         and n.search_name = fold(p.given || ' ' || p.family) and n.birth_date = p.birth
      order by p.nth`,
    [
      clinicId,
      people.map((each) => each.givenName),
      people.map((each) => each.familyName),
      people.map((each) => each.birthDate?.toString() ?? null),
      codes,
    ],
  );
  return rows.map(({ id }) => {
    if (id === null) throw new Error('a patient who was just brought in is not there');
    return id;
  });
}
