import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database, faultOf, Refusal, sqlState } from '#libs/platform';
import { keepWhole } from './clinic-to-publish.js';

/**
 * Takes away a branch that was added by mistake. Refusals: `not-found` another clinic's, `not-allowed`, `invalid`
 * (`branch`, calendars, rooms or closures hang on it), `incomplete` (the last one of a published clinic).
 */
@Injectable()
export class RemoveBranch {
  constructor(private readonly database: Database) {}

  async run({ actor, clinicId, id }: { actor: Actor; clinicId: string; id: string }): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit');
    try {
      await this.database.transaction(async (tx) => {
        await tx.query(`select id from clinic where id = $1 for no key update`, [clinicId]);
        const [gone] = await keepWhole(tx, clinicId, () =>
          tx.query<{ id: string }>(`delete from branch where clinic_id = $1 and id = $2 returning id`, [clinicId, id]),
        );
        if (!gone) throw new Refusal('not-found');
      });
    } catch (thrown) {
      if (faultOf(thrown).code !== sqlState.foreignKeyViolation) throw thrown;
      throw new Refusal('invalid', { errors: [{ path: 'branch', code: 'setup.errors.branch-in-use' }] });
    }
  }
}
