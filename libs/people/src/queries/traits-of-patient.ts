import { open, type Tx } from '#libs/platform';
import type { PersonCodeCountry } from '../rules/person-code.js';
import { sexOfCode } from '../rules/sex-of-code.js';

/** What is known of a person that a service may ask for; null: it is not known. */
export interface PatientTraits {
  birthDate: Temporal.PlainDate | null;
  sex: 'female' | 'male' | null;
}

/** Birth date and sex, as far as the record and its person code tell. Checks nobody's rights. */
export async function traitsOfPatient(reader: Pick<Tx, 'query'>, patientId: string): Promise<PatientTraits> {
  const [row] = await reader.query<{ birth: string | null; country: PersonCodeCountry | null; code: Buffer | null }>(
    `select birth_date::text as birth, person_code_country as country, person_code_sealed as code from patient where id = $1`,
    [patientId],
  );
  return {
    birthDate: row?.birth ? Temporal.PlainDate.from(row.birth) : null,
    sex: row?.country && row.code ? sexOfCode({ country: row.country, code: open(row.code) }) : null,
  };
}
