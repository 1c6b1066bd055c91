import { Inject, Injectable } from '@nestjs/common';
import { type StaffActor, type Within, within } from '#libs/access';
import {
  likeness,
  patientColumns,
  patientLine,
  type PatientLine,
  type PatientRecord,
  personCodeCountries,
  personCodeIndex,
  readSearch,
  type SearchText,
  slipPatterns,
} from '#libs/people';
import { CLOCK, type Clock, Database, open } from '#libs/platform';
import { localDate } from '#libs/time';

/** Whether an appointment of theirs lies in what a role reaches; `$1` is the clinic. A role that reaches all asks nothing. */
export const inReach = (patient: string, practitioners: string, branches: string): string => `(
  (${practitioners}::uuid[] is null and ${branches}::uuid[] is null)
  or exists (select from appointment a
              where a.patient_id = ${patient} and a.clinic_id = $1
                and (${practitioners}::uuid[] is null or a.resource_id = any(${practitioners}))
                and (${branches}::uuid[] is null or a.branch_id = any(${branches}))))`;

const found = `select ${patientColumns}, k.words
  from known_patient k join patient p on p.id = k.patient_id
 where k.clinic_id = $1 and ${inReach('k.patient_id', '$2', '$3')}`;

/** Every typed word begins a word of the name. */
const byName = `${found}
   and k.words like $4 and k.words like $5 and k.words like $6 and k.words like $7
   and ($8::int is null or extract(year from p.birth_date) = $8)
 order by (k.words || ' ' like $9)::int + (k.words || ' ' like $10)::int desc, k.words, p.birth_date, p.id
 limit $11`;

/** One word with a slip in it, or like enough; the others are judged when the rows are here. */
const byLikeness = `
  select ${patientColumns}, k.words
    from (select k.patient_id, k.words
            from unnest($4::text[]) as pattern join known_patient k on k.clinic_id = $1 and k.words like pattern
          union
          select k.patient_id, k.words from known_patient k where k.clinic_id = $1 and $5 <% k.words) k
    join patient p on p.id = k.patient_id
   where ${inReach('k.patient_id', '$2', '$3')} and ($6::int is null or extract(year from p.birth_date) = $6)
   order by similarity(k.words, $7) desc, k.words, p.id
   limit 60`;

const byNumber = `${found}
   and k.patient_id in (
     select id from patient where person_code_index = any($4::bytea[])
     union select id from patient where reverse(phone) like $5
     union select id from patient where birth_date = any($6::date[]))
 order by k.words, p.id
 limit 300`;

const byReference = `
  select ${patientColumns}, k.words
    from appointment v
    join known_patient k on k.patient_id = v.patient_id and k.clinic_id = v.clinic_id
    join patient p on p.id = v.patient_id
   where v.reference = $4 and v.clinic_id = $1
     and ($2::uuid[] is null or v.resource_id = any($2)) and ($3::uuid[] is null or v.branch_id = any($3))`;

type Row = PatientRecord & { words: string };
interface Scored {
  row: Row;
  score: number;
}

/** More than these on the page are not read to a caller; fewer than these, slips are looked for too. */
const shown = 20;
const few = 5;
/** So many words of a name are compared; whoever types more has pasted something else. */
const mostWords = 4;

const beginning = (word: string | undefined): string => (word ? `% ${word}%` : '%');

/**
 * Finds people whom a clinic knows, within what the role reaches: by name in any order of words, without accents and with
 * slips, by person code or its beginning, telephone number or its end, birth date, or an appointment's reference.
 */
@Injectable()
export class SearchPeople {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns 20 people at most, the best fit first, codes masked */
  async run(staff: StaffActor, text: string): Promise<PatientLine[]> {
    const asked = readSearch(text, localDate(this.clock.now(), 'Europe/Riga'));
    const reach = reachOf(staff);
    const numbered = await this.numbered(asked, reach);
    const words = asked.name.length > 1 || numbered.length > 0 ? await this.wordsOf(asked.name) : [];
    const scored = asked.name === '' ? numbered : numbered.filter(({ row }) => fits(words, row));
    const isNameAsked = scored.length === 0 && words.length > 0 && (!hasNumber(asked) || asked.birthYear !== null);
    if (isNameAsked) scored.push(...(await this.named(words, asked.birthYear, reach)));
    return scored
      .sort((a, b) => b.score - a.score || (a.row.words < b.row.words ? -1 : 1))
      .slice(0, shown)
      .map(({ row }) => patientLine(row));
  }

  private async wordsOf(name: string): Promise<string[]> {
    const [row] = await this.database.read<{ words: string }>('select name_words($1) as words', [name]);
    return (row?.words ?? '').split(' ').filter(Boolean).slice(0, mostWords);
  }

  private async named(words: string[], year: number | null, reach: unknown[]): Promise<Scored[]> {
    const exact = await this.database.readPlanned<Row>(byName, [
      ...reach,
      ...Array.from({ length: mostWords }, (_, n) => beginning(words[n])),
      year,
      `% ${words[0] ?? ''} %`,
      `% ${words[1] ?? words[0] ?? ''} %`,
      3 * shown,
    ]);
    const rows = new Map(exact.map((row) => [row.id, row]));
    // The longest word says most; only where it brings nobody, the next may be the one without the slip.
    const telling = words.filter((word) => word.length > 3).sort((a, b) => b.length - a.length);
    for (const word of telling.slice(0, 2)) {
      if (rows.size >= few) break;
      const like = await this.database.readPlanned<Row>(byLikeness, [
        ...reach,
        [beginning(word), ...slipPatterns(word)],
        word,
        year,
        words.join(' '),
      ]);
      for (const row of like) if (fits(words, row)) rows.set(row.id, row);
    }
    return [...rows.values()].map((row) => ({ row, score: likeness(words, wordsOf(row)) }));
  }

  private async numbered(asked: SearchText, reach: unknown[]): Promise<Scored[]> {
    const { reference, code, codeStart, birthDates, phoneEnd } = asked;
    if (reference) {
      const rows = await this.database.read<Row>(byReference, [...reach, reference]);
      return rows.map((row) => ({ row, score: 2 }));
    }
    if (!code && !phoneEnd && birthDates.length === 0) return [];
    const rows = await this.database.readPlanned<Row>(byNumber, [
      ...reach,
      code ? personCodeCountries.map((country) => personCodeIndex({ country, code })) : [],
      phoneEnd && `${Array.from(phoneEnd).reverse().join('')}%`,
      [...birthDates, ...(codeStart?.birthDates ?? [])].map(String),
    ]);
    return rows.map((row) => ({ row, score: scoreOfNumber(asked, row) })).filter(({ score }) => score > 0);
  }
}

/** The parameters that every search begins with. */
const reachOf = (staff: StaffActor): [clinicId: string, practitionerIds: unknown, branchIds: unknown] => {
  const { practitionerIds, branchIds }: Within = within(staff, 'patients.read');
  return [staff.clinicId, practitionerIds, branchIds];
};

const wordsOf = ({ words }: Row): string[] => words.split(' ').filter(Boolean);
const fits = (words: readonly string[], row: Row): boolean => likeness(words, wordsOf(row)) > 0;
const hasNumber = ({ code, birthDates, phoneEnd, reference }: SearchText): boolean =>
  code !== null || birthDates.length > 0 || phoneEnd !== null || reference !== null;

/** What the number was of this person: code, birth date, telephone; 0 where a date of birth only looked like a code's. */
function scoreOfNumber({ code, codeStart, birthDates, phoneEnd }: SearchText, row: Row): number {
  const theirs = row.person_code_sealed ? open(row.person_code_sealed) : null;
  if (code && theirs === code) return 2;
  if (birthDates.some((date) => date.toString() === row.birth_date)) return 1.5;
  if (codeStart && theirs?.startsWith(codeStart.digits)) return 1.5;
  return phoneEnd && row.phone?.endsWith(phoneEnd) ? 1 : 0;
}
