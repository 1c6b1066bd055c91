import { Injectable } from '@nestjs/common';
import { Database, isId } from '#libs/platform';
import { personCodeIndex } from '../keep-patient.js';
import { normalisePhone } from '../phone.js';
import { personCodeCountries } from '../rules/person-code.js';
import { patientColumns, patientLine, type PatientLine, type PatientRecord } from './patients.js';

export interface FindPatientsCriteria {
  /** Whose own records are found; null: nobody's, only `alsoIds`. */
  clinicId: string | null;
  /** A person code, a telephone number, or words of the name in any order, diacritics optional. */
  text: string;
  /** People who have an appointment with whoever asks; the caller knows them. */
  alsoIds?: readonly string[];
  /** 20 unless told, 50 at most. */
  limit?: number;
  cursor?: string;
}

const likePattern = (word: string | undefined): string => `%${(word ?? '').replace(/[\\%_]/g, '\\$&')}%`;

/** Finds people with whom a clinic has a relation: those it keeps, and those it has an appointment with. */
@Injectable()
export class FindPatients {
  constructor(private readonly database: Database) {}

  /** @returns a page in the order of names, codes masked, and the cursor of the next page or null */
  async run({ clinicId, text, alsoIds = [], limit = 20, cursor }: FindPatientsCriteria): Promise<{
    items: PatientLine[];
    next: string | null;
  }> {
    const size = Math.max(1, Math.min(50, Math.trunc(limit)));
    const typed = text.slice(0, 200).trim();
    const after = cursorOf(cursor);
    const related = [clinicId, [...alsoIds]];
    const page = [after.name, after.id, size + 1];
    const rows = /\d/.test(typed) ? await this.byNumber(typed, related, page) : await this.byName(typed, related, page);
    const items = rows.slice(0, size);
    const last = items.at(-1);
    return {
      items: items.map(patientLine),
      next:
        rows.length > size && last
          ? Buffer.from(JSON.stringify([last.search_name, last.id])).toString('base64url')
          : null,
    };
  }

  private byNumber(typed: string, related: unknown[], page: unknown[]): Promise<FoundRecord[]> {
    const code = typed.replace(/[\s-]/g, '');
    const indexes = /^\d{11}$/.test(code)
      ? personCodeCountries.map((country) => personCodeIndex({ country, code }))
      : [];
    const phones = personCodeCountries.map((country) => normalisePhone(typed, country)).filter((each) => each !== null);
    return this.database.read<FoundRecord>(
      `select ${patientColumns}, p.search_name from patient p
        where (p.clinic_id = $1 or p.id = any($2::uuid[]))
          and (p.person_code_index = any($3::bytea[]) or p.phone = any($4::text[]))
          and (p.search_name, p.id) > ($5, $6) order by p.search_name, p.id limit $7`,
      [...related, indexes, phones, ...page],
    );
  }

  private byName(typed: string, related: unknown[], page: unknown[]): Promise<FoundRecord[]> {
    const words = typed.split(/\s+/).filter((word) => word.length > 0);
    if (words.length === 0) return Promise.resolve([]);
    return this.database.read<FoundRecord>(
      `select ${patientColumns}, p.search_name from patient p
        where (p.clinic_id = $1 or p.id = any($2::uuid[]))
          and p.search_name like fold($3) and p.search_name like fold($4) and p.search_name like fold($5)
          and (p.search_name, p.id) > ($6, $7) order by p.search_name, p.id limit $8`,
      [...related, likePattern(words[0]), likePattern(words[1]), likePattern(words.slice(2).join(' ')), ...page],
    );
  }
}

type FoundRecord = PatientRecord & { search_name: string };

const nowhere = { name: '', id: '00000000-0000-0000-0000-000000000000' };

/** A cursor that is not ours begins at the beginning. */
function cursorOf(cursor: string | undefined): { name: string; id: string } {
  if (!cursor) return nowhere;
  try {
    const [name, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [unknown, unknown];
    const isOurs = typeof name === 'string' && !name.includes('\u0000') && typeof id === 'string' && isId(id);
    return isOurs ? { name, id } : nowhere;
  } catch {
    return nowhere;
  }
}
