import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import { openCase } from './open-case.js';

/**
 * Takes an orphaned appointment off the work list: it takes place although its time is closed. The patient is told nothing,
 * because nothing changes for them. Doing it twice is harmless.
 * Refusals: `not-signed-in`, `not-found`, `not-allowed`, `state-changed`, `wrong-state` it is not orphaned.
 */
@Injectable()
export class KeepOrphan {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, id, version }: { actor: Actor; id: string; version: number }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const wish = { actor, id, version, permission: 'appointments.change' } as const;
      const { appointment, now } = await openCase(tx, this.clock, wish);
      const { clinicId, resourceId: practitionerId, branchId } = appointment;
      const staff = requireStaff(actor, clinicId, 'appointments.change', { practitionerId, branchId });
      if (!appointment.isOrphaned) throw new Refusal('wrong-state');
      await tx.query(
        `update appointment set orphan_kept_at = $2, orphan_kept_by = $3 where id = $1 and orphan_kept_at is null`,
        [id, now.toString(), staff.staffMemberId],
      );
    });
  }
}
