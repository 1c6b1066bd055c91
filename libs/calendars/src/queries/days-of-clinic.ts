import { Injectable } from '@nestjs/common';
import { type Actor, requireSomewhere } from '#libs/access';
import type { Country } from '#libs/holidays';
import { Database, type Tx } from '#libs/platform';
import { type ClinicDayKind, type DayDecision, dayRuleOf } from '../rules/clinic-days.js';
import type { DayRule } from '../rules/day-rule.js';

interface Row {
  branch_id: string | null;
  day: string;
  kind: ClinicDayKind;
  works_as: number | null;
  shorter_by: number | null;
}

const decisionOf = ({ kind, works_as: worksAs, shorter_by: shorterBy }: Row): DayDecision => ({
  kind,
  worksAs,
  shorterBy,
});

/** What a branch does on each of its days from `from` until `to` (exclusive): its own word, else its clinic's, else the law's. */
export async function dayRules(
  reader: Pick<Tx, 'query'>,
  place: { clinicId: string; branchId: string; country: Country },
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Promise<(day: Temporal.PlainDate) => DayRule> {
  const rows = await reader.query<Row>(
    `select branch_id, day::text, kind, works_as, shorter_by
       from clinic_day
      where clinic_id = $1 and country = $2 and (branch_id is null or branch_id = $3) and day >= $4 and day < $5
      order by branch_id nulls first`,
    [place.clinicId, place.country, place.branchId, from.toString(), to.toString()],
  );
  // The branch's own come last and stay.
  const decided = new Map(rows.map((row) => [row.day, decisionOf(row)]));
  return (day) => dayRuleOf(day, place.country, decided.get(day.toString()));
}

/** A day on which a clinic, or one branch of it, does otherwise than law and weekday say. */
export interface KeptClinicDay {
  day: Temporal.PlainDate;
  country: Country;
  /** Null: in all branches of the country. */
  branchId: string | null;
  decision: DayDecision;
  note: string | null;
  changedBy: string;
}

/** The days that a clinic decided on, in a year. */
@Injectable()
export class DaysOfClinic {
  constructor(private readonly database: Database) {}

  /**
   * By day, those of all branches first.
   * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`
   */
  async run(actor: Actor, clinicId: string, year: number): Promise<KeptClinicDay[]> {
    requireSomewhere(actor, clinicId, 'hours.read');
    const rows = await this.database.read<Row & { country: Country; note: string | null; changed_by: string }>(
      `select d.branch_id, d.country, d.day::text, d.kind, d.works_as, d.shorter_by, d.note, m.display_name as changed_by
         from clinic_day d
         join staff_member m on m.id = d.changed_by
        where d.clinic_id = $1 and d.day between make_date($2, 1, 1) and make_date($2, 12, 31)
        order by d.day, d.branch_id nulls first`,
      [clinicId, year],
    );
    return rows.map((row) => ({
      day: Temporal.PlainDate.from(row.day),
      country: row.country,
      branchId: row.branch_id,
      decision: decisionOf(row),
      note: row.note,
      changedBy: row.changed_by,
    }));
  }
}
