import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';

/** Some days of a branch, in its zone. */
export interface WatchedDays {
  branchId: string;
  first: Temporal.PlainDate;
  /** Not included. */
  last: Temporal.PlainDate;
}

export interface VersionOfDays {
  /** Differs when anything on these days did; it says nothing of what. Empty: there is no such branch. */
  version: string;
  /** Whose hints concern the branch: who has a calendar there, and its rooms and devices. */
  resourceIds: string[];
}

interface Row {
  n: number;
  version: string;
  ids: string[] | null;
}

/** Whether days of branches have changed, all that a process watches in one statement: it is asked each second. */
@Injectable()
export class VersionsOfDays {
  constructor(private readonly database: Database) {}

  /**
   * In the order of `days`. It asks nobody's permission: whoever shows more than that something changed asks it.
   * @throws Refusal `busy`
   */
  async run(days: readonly WatchedDays[]): Promise<VersionOfDays[]> {
    const rows = await this.database.read<Row>(
      `select w.n::integer, t.ids, concat_ws('.', t.versions, cardinality(t.ids), v.visits, v.versions, v.promised) as version
         from unnest($1::uuid[], $2::date[], $3::date[]) with ordinality as w(branch_id, first, last, n)
         join branch b on b.id = w.branch_id
        cross join lateral (
          select sum(r.version) as versions, array_agg(r.id) as ids
            from resource r
           where r.id in (select c.resource_id from calendar c where c.branch_id = b.id
                           union
                          select room.id from resource room where room.branch_id = b.id and room.capability is not null)) t
        cross join lateral (
          select count(*) as visits, sum(a.version) as versions, count(a.patient_confirmed_at) as promised
            from appointment a
           where a.branch_id = b.id
             and a.starts_at >= w.first::timestamp at time zone b.zone
             and a.starts_at < w.last::timestamp at time zone b.zone) v`,
      [
        days.map(({ branchId }) => branchId),
        days.map(({ first }) => first.toString()),
        days.map(({ last }) => last.toString()),
      ],
    );
    const found = new Map(rows.map(({ n, version, ids }) => [n, { version, resourceIds: ids ?? [] }]));
    return days.map((_, n) => found.get(n + 1) ?? { version: '', resourceIds: [] });
  }
}
