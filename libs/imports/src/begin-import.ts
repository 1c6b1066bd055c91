import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';

/** Opens an import that files are then added to. Refusals: `not-found` another clinic, `not-allowed`. */
@Injectable()
export class BeginImport {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, clinicId }: { actor: Actor; clinicId: string }): Promise<{ id: string }> {
    const staff = requireStaff(actor, clinicId, 'profile.edit');
    const [row] = await this.database.read<{ id: string }>(
      `insert into import_run (clinic_id, staff_member_id, state, created_at) values ($1, $2, 'receiving', $3) returning id`,
      [clinicId, staff.staffMemberId, this.clock.now().toString()],
    );
    if (!row) throw new Error('the import was not written');
    return row;
  }
}
