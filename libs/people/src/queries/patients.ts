import { Injectable } from '@nestjs/common';
import { Database, type Language, open, type Tx } from '#libs/platform';
import { maskedCode, type PersonCodeCountry, printedCode } from '../rules/person-code.js';

/** A person as lists show them: the code masked. */
export interface PatientLine {
  id: string;
  givenName: string;
  familyName: string;
  birthDate: Temporal.PlainDate | null;
  maskedCode: string | null;
  personCodeCountry: PersonCodeCountry | null;
  email: string | null;
  phone: string | null;
  language: Language;
}

/** A person as the staff panel shows them: the code as its country prints it. Whoever asks writes the look down. */
export interface PatientCard extends PatientLine {
  personCode: string | null;
}

export interface PatientRecord {
  id: string;
  given_name: string;
  family_name: string;
  birth_date: string | null;
  person_code_country: PersonCodeCountry | null;
  person_code_sealed: Buffer | null;
  email: string | null;
  phone: string | null;
  language: Language;
}

export const patientColumns = `p.id, p.given_name, p.family_name, p.birth_date::text as birth_date, p.person_code_country,
  p.person_code_sealed, p.email, p.phone, p.language`;

export function patientCard(row: PatientRecord): PatientCard {
  const country = row.person_code_country;
  const code = row.person_code_sealed && open(row.person_code_sealed);
  return {
    id: row.id,
    givenName: row.given_name,
    familyName: row.family_name,
    birthDate: row.birth_date === null ? null : Temporal.PlainDate.from(row.birth_date),
    maskedCode: code && maskedCode(code),
    personCodeCountry: country,
    personCode: code && country ? printedCode({ country, code }) : null,
    email: row.email,
    phone: row.phone,
    language: row.language,
  };
}

export function patientLine(row: PatientRecord): PatientLine {
  const { personCode: _, ...line } = patientCard(row);
  return line;
}

/**
 * Whether an account may act for a patient: its own people. Asked anew in every verb and request, so that a right that
 * was taken away ends at once (faults.md F7).
 */
export async function mayActFor(reader: Pick<Tx, 'query'>, accountId: string, patientId: string): Promise<boolean> {
  const rows = await reader.query(`select from patient where id = $1 and account_id = $2`, [patientId, accountId]);
  return rows.length === 1;
}

/** Reads people for those who were found to be allowed to. */
@Injectable()
export class Patients {
  constructor(private readonly database: Database) {}

  /** The people of an account, oldest record first. */
  async ofAccount(accountId: string): Promise<PatientLine[]> {
    const rows = await this.database.read<PatientRecord>(
      `select ${patientColumns} from patient p where p.account_id = $1 order by p.created_at, p.id limit 100`,
      [accountId],
    );
    return rows.map(patientLine);
  }

  /** The whole cards of patients, by id, in no order. Checks nobody's rights. */
  async cardsOf(ids: readonly string[]): Promise<PatientCard[]> {
    const rows = await this.database.read<PatientRecord>(
      `select ${patientColumns} from patient p where p.id = any($1::uuid[])`,
      [[...ids]],
    );
    return rows.map(patientCard);
  }
}
