import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database, Refusal, type Tx } from '#libs/platform';

/**
 * Writes the last day of a practitioner at a clinic. What becomes of the times and people after it is a change of the
 * appointments' library, which calls this in its own transaction and has asked who may.
 * @throws Refusal `not-found` who does not work there; `invalid` (`lastDay`) before the first day
 */
export async function endRole(
  tx: Tx,
  { clinicId, practitionerId, lastDay }: { clinicId: string; practitionerId: string; lastDay: Temporal.PlainDate },
): Promise<void> {
  const [role] = await tx.query<{ activeFrom: string }>(
    `select active_from::text as "activeFrom" from practitioner_role
      where clinic_id = $1 and practitioner_id = $2 for no key update`,
    [clinicId, practitionerId],
  );
  if (!role) throw new Refusal('not-found');
  if (lastDay.toString() < role.activeFrom)
    throw new Refusal('invalid', { errors: [{ path: 'lastDay', code: 'order' }] });
  await tx.query(`update practitioner_role set active_to = $3 where clinic_id = $1 and practitioner_id = $2`, [
    clinicId,
    practitionerId,
    lastDay.toString(),
  ]);
}

/**
 * Ends the work of somebody who has no calendar at the clinic, so that no times and no people hang on it; else it is a
 * change with people inside (`PlanChange`). Refusals: `not-found`, `not-allowed`, `invalid` (`lastDay`).
 */
@Injectable()
export class EndRole {
  constructor(private readonly database: Database) {}

  async run({
    actor,
    ...end
  }: {
    actor: Actor;
    clinicId: string;
    practitionerId: string;
    lastDay: Temporal.PlainDate;
  }): Promise<void> {
    requireStaff(actor, end.clinicId, 'profile.edit');
    await this.database.transaction((tx) => endRole(tx, end));
  }
}
