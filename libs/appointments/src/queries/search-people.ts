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

/**
 * Whether a patient is within what a role reaches; `$1` is the clinic. Whose patients somebody of few practitioners has is
 * gathered once; whether somebody was ever in some branches is asked of each who is found. A role that reaches all asks
 * neither.
 */
const inReach = (patient: string, practitioners: string, branches: string): string => `(
  (${practitioners}::uuid[] is null
    or ${patient} in (select a.patient_id from appointment a
                       where a.clinic_id = $1 and a.resource_id = any(${practitioners})
                         and (${branches}::uuid[] is null or a.branch_id = any(${branches}))))
  and (${branches}::uuid[] is null or ${practitioners}::uuid[] is not null
    or exists (select from appointment a
                where a.patient_id = ${patient} and a.clinic_id = $1 and a.branch_id = any(${branches}))))`;

/** The rows of patients are fetched last: of those few that are left. */
const peopleOf = (known: string): string => `
select ${patientColumns}, k.words
  from (${known}) k join patient p on p.id = k.patient_id
 where ($4::int is null or extract(year from p.birth_date) = $4)`;

/** Every typed word begins a word of the name. */
const byName = peopleOf(`
  select k.patient_id, k.words
    from known_patient k
   where k.clinic_id = $1 and ${inReach('k.patient_id', '$2', '$3')}
     and k.words like $5 and k.words like $6 and k.words like $7 and k.words like $8
   order by (k.words || ' ' like $9)::int + (k.words || ' ' like $10)::int desc, k.words, k.patient_id
   limit $11`);

/** One word with a slip in it beside one that begins a word of the name, or all of it like enough. */
const byLikeness = peopleOf(`
  select f.patient_id, f.words
    from (select k.patient_id, k.words
            from unnest($5::text[], $6::text[]) as pattern(slip, other)
            join known_patient k on k.clinic_id = $1 and k.words like pattern.slip and k.words like pattern.other
          union
          select k.patient_id, k.words from known_patient k where k.clinic_id = $1 and $7 <% k.words) f
   where ${inReach('f.patient_id', '$2', '$3')}
   order by similarity(f.words, $7) desc, f.words, f.patient_id
   limit $8`);

const byNumber = `
select ${patientColumns}, k.words
  from (select id from patient where person_code_index = any($4::bytea[])
        union select id from patient where reverse(phone) like $5
        union select id from patient where birth_date = any($6::date[])) f
  join known_patient k on k.patient_id = f.id and k.clinic_id = $1
  join patient p on p.id = f.id
 where ${inReach('f.id', '$2', '$3')}
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
/** So many of a name are looked through for those born in one year. */
const mostOfName = 2000;
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
    const words = asked.name.length > 1 || numbered.length > 0 ? await this.folded(asked.name) : [];
    const scored = asked.name === '' ? numbered : numbered.filter(({ row }) => fits(words, row));
    const isNameAsked = scored.length === 0 && words.length > 0 && (!hasNumber(asked) || asked.birthYear !== null);
    if (isNameAsked) scored.push(...(await this.named(words, asked.birthYear, reach)));
    return scored
      .sort((a, b) => b.score - a.score || (a.row.words < b.row.words ? -1 : 1))
      .slice(0, shown)
      .map(({ row }) => patientLine(row));
  }

  private async folded(name: string): Promise<string[]> {
    const [row] = await this.database.read<{ words: string }>('select name_words($1) as words', [name]);
    return (row?.words ?? '').split(' ').filter(Boolean).slice(0, mostWords);
  }

  private async named(words: string[], year: number | null, reach: unknown[]): Promise<Scored[]> {
    const most = year === null ? 3 * shown : mostOfName;
    const exact = await this.database.readPlanned<Row>(byName, [
      ...reach,
      year,
      ...Array.from({ length: mostWords }, (_, n) => beginning(words[n])),
      `% ${words[0] ?? ''} %`,
      `% ${words[1] ?? words[0] ?? ''} %`,
      most,
    ]);
    const rows = new Map(exact.map((row) => [row.id, row]));
    const known = scoredBy(words, rows.values());
    // Whoever is called just so, by two names, is who was meant.
    if (rows.size >= few || (words.length > 1 && known.some(({ score }) => score === 1))) return known;
    const slips = slipsOf(words);
    const like = await this.database.readPlanned<Row>(byLikeness, [
      ...reach,
      year,
      slips.map(({ slip }) => slip),
      slips.map(({ other }) => other),
      words.join(' '),
      most,
    ]);
    for (const row of like) if (fits(words, row)) rows.set(row.id, row);
    return scoredBy(words, rows.values());
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
const scoredBy = (words: readonly string[], rows: Iterable<Row>): Scored[] =>
  [...rows].map((row) => ({ row, score: likeness(words, wordsOf(row)) }));

/** Each of the two longest words with a slip, beside the longest of the others as it was typed. */
function slipsOf(words: readonly string[]): { slip: string; other: string }[] {
  const longest = [...words].sort((a, b) => b.length - a.length);
  return longest.slice(0, 2).flatMap((word, n) => {
    const other = beginning(longest.find((_, m) => m !== n));
    return slipPatterns(word).map((slip) => ({ slip, other }));
  });
}

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
