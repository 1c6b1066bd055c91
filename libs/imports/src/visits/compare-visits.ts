import type { Tx } from '#libs/platform';
import type { Known } from '../known.js';
import type { Findings } from '../mistakes.js';
import type { MistakeCode } from '../rules/mistake.js';

/** How far ahead an appointment can be: a year that was mistyped is told. */
const daysAhead = 730;

const living = `('pending', 'booked', 'arrived', 'checked-in', 'fulfilled')`;

/** Staged rows with a mistake, in the order of the file. `other`: the line that they meet, where there is one. */
interface Found {
  file: number;
  line: number;
  other: number | null;
}

/** Says which staged rows were brought in before, and whether they say the same. Patients that the clinic knows are found. */
export async function recogniseVisits(tx: Tx, known: Known): Promise<void> {
  await tx.query(
    `update staged_visit s
        set id = k.id,
            state = case when k.fingerprint is distinct from s.core then 'kept'
                         when k.contacts is distinct from s.contacts then 'changed' else 'same' end
       from import_key k
      where k.clinic_id = $1 and k.kind = 'appointment' and k.key = s.key`,
    [known.clinicId],
  );
  await tx.query(
    `update staged_visit s set patient_id = p.id from patient p
      where s.state = 'added' and s.code_index is not null and p.clinic_id = $1 and p.person_code_index = s.code_index`,
    [known.clinicId],
  );
  await tx.query(
    `update staged_visit s set patient_id = p.id from patient p
      where s.state = 'added' and s.code_index is null and p.clinic_id = $1 and p.person_code_index is null
        and p.search_name = fold(s.given_name || ' ' || s.family_name) and p.birth_date = s.birth_date`,
    [known.clinicId],
  );
}

const questions: readonly { column: string; code: MistakeCode; sql: string; takesMoment?: true }[] = [
  {
    column: 'key',
    code: 'key-twice',
    sql: `select s.file, s.line, f.line as other
            from (select key, min(n) as first from staged_visit group by key having count(*) > 1) d
            join staged_visit f on f.n = d.first
            join staged_visit s on s.key = d.key and s.n > d.first
           order by s.n`,
  },
  {
    column: 'start',
    code: 'in-the-past',
    takesMoment: true,
    sql: `select file, line, null::integer as other from staged_visit where state = 'added' and lower(visit) <= $1 order by n`,
  },
  {
    column: 'start',
    code: 'too-far',
    takesMoment: true,
    sql: `select file, line, null::integer as other from staged_visit
           where state = 'added' and lower(visit) > $1::timestamptz + interval '${daysAhead} days' order by n`,
  },
  {
    column: 'person_code',
    code: 'person-code-of-other',
    sql: `select s.file, s.line, null::integer as other from staged_visit s join patient p on p.id = s.patient_id
           where s.state = 'added' and s.code_index is not null
             and fold(p.given_name) <> fold(s.given_name) and fold(p.family_name) <> fold(s.family_name)
           order by s.n`,
  },
  {
    column: 'person_code',
    code: 'person-code-of-other',
    sql: `select file, line, first_line as other
            from (select s.*, first_value(given_name) over w as given, first_value(family_name) over w as family,
                         first_value(line) over w as first_line
                    from staged_visit s where state = 'added' and code_index is not null
                  window w as (partition by code_index order by n)) s
           where patient_id is null and fold(given) <> fold(given_name) and fold(family) <> fold(family_name)
           order by n`,
  },
  {
    column: 'start',
    code: 'time-twice',
    sql: `select file, line, other
            from (select s.*, max(upper(taken)) over w as reach, last_value(line) over w as other
                    from staged_visit s where state = 'added'
                  window w as (partition by resource_id order by lower(taken), n rows between unbounded preceding and 1 preceding)) s
           where reach > lower(taken) order by n`,
  },
  {
    column: 'start',
    code: 'time-taken',
    takesMoment: true,
    sql: `select s.file, s.line, null::integer as other from staged_visit s
           where s.state = 'added' and exists (
             select from occupation o
              where o.resource_id = s.resource_id and o.during && s.taken and (o.expires_at is null or o.expires_at > $1))
           order by s.n`,
  },
  {
    column: 'start',
    code: 'patient-twice',
    sql: `select file, line, other
            from (select s.*, max(upper(visit)) over w as reach, last_value(line) over w as other
                    from staged_visit s where state = 'added'
                  window w as (partition by coalesce(encode(code_index, 'hex'), fold(given_name || ' ' || family_name) || birth_date)
                               order by lower(visit), n rows between unbounded preceding and 1 preceding)) s
           where reach > lower(visit) order by n`,
  },
  {
    column: 'start',
    code: 'patient-busy',
    sql: `select s.file, s.line, null::integer as other from staged_visit s
           where s.state = 'added' and s.patient_id is not null and exists (
             select from appointment a
              where a.patient_id = s.patient_id and a.status in ${living} and tstzrange(a.starts_at, a.ends_at) && s.visit)
           order by s.n`,
  },
  {
    column: 'start',
    code: 'appointment-kept',
    sql: `select file, line, null::integer as other from staged_visit where state = 'kept' order by n`,
  },
];

/**
 * Compares the staged visits with each other and with what the clinic has, and tells what cannot be: a time that is taken,
 * a person in two places, a code that is another's.
 * @param columnOf how a file calls a column
 */
export async function compareVisits(
  tx: Tx,
  known: Known,
  findings: Findings,
  columnOf: (file: number, column: string) => string,
): Promise<void> {
  for (const { column, code, sql, takesMoment } of questions) {
    const rows = await tx.query<Found>(sql, takesMoment ? [known.now.toString()] : []);
    for (const { file, line, other } of rows)
      findings.add({
        file,
        line,
        place: columnOf(file, column),
        code,
        ...(other !== null && { args: { line: other } }),
      });
  }
  const states = await tx.query<{ state: 'added' | 'changed' | 'same' | 'kept'; rows: number }>(
    `select state, count(*)::integer as rows from staged_visit group by state`,
  );
  for (const { state, rows } of states) findings.count('appointment', state, rows);
}
