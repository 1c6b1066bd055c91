import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database } from '#libs/platform';

/**
 * Marks the days of everybody with a calendar at a branch, to be redone within a second: searches by city read them, and
 * the branch is in another city now. Refusals: `not-found` another clinic, `not-allowed`.
 */
@Injectable()
export class RefreshBranch {
  constructor(private readonly database: Database) {}

  async run({ actor, clinicId, branchId }: { actor: Actor; clinicId: string; branchId: string }): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit', { branchId });
    await this.database.transaction((tx) =>
      tx.query(
        `insert into stale_days (resource_id, first_day, last_day)
         select c.resource_id, min(d.first), max(d.last)
           from calendar c
          cross join lateral (
            select min(lower(o.during))::date - 1 as first, max(upper(o.during))::date + 1 as last
              from opening o where o.calendar_id = c.id) d
          where c.clinic_id = $1 and c.branch_id = $2 and d.first is not null
          group by c.resource_id`,
        [clinicId, branchId],
      ),
    );
  }
}
