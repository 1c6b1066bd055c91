import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs, Refusal } from '#libs/platform';
import { type Actor, requireStaff } from './actor.js';
import { lockedMember } from './locked-member.js';
import { mistakesInRights, type Rights, rightsOfRole } from './rules/rights.js';
import { dayOf } from './staff-record.js';
import { orWrongChoice, requireKeeper, rightsAsDetails, writeReach, writeStaffEvent } from './staff-rights.js';
import { tellAccount } from './tell-account.js';

/**
 * Gives a member of staff another role, reach or last day. It holds from their next request, also in an open session,
 * and they are told.
 * Refusals: `not-allowed`, `not-found`, `state-changed` somebody else changed them meanwhile, `invalid` beside the field
 * (what `mistakesInRights` says; `activeTo` before they began; `role`: the last admin stays one).
 */
@Injectable()
export class ChangeStaff {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    clinicId,
    id,
    version,
    rights: wanted,
    activeTo,
  }: {
    actor: Actor;
    clinicId: string;
    id: string;
    version: number;
    rights: Rights;
    /** Their last day, included; null: no end is known. */
    activeTo: Temporal.PlainDate | null;
  }): Promise<void> {
    const staff = requireStaff(actor, clinicId, 'staff.edit');
    const now = this.clock.now();
    const today = dayOf(now);
    const rights = rightsOfRole(wanted);
    const errors = mistakesInRights(rights, Temporal.PlainDate.from(today));
    if (activeTo && activeTo.toString() < today) errors.push({ path: 'activeTo', code: 'past' });
    if (errors.length > 0) throw new Refusal('invalid', { errors });
    await orWrongChoice(
      this.database.transaction(async (tx) => {
        const before = await lockedMember(tx, clinicId, id);
        if (before.version !== version) throw new Refusal('state-changed');
        await tx.query(
          `update staff_member set role = $2, practitioner_id = $3, bound_to_branches = $4, active_to = $5,
                                   version = version + 1 where id = $1`,
          [id, rights.role, rights.practitionerId, rights.branchIds !== null, activeTo?.toString() ?? null],
        );
        await writeReach(tx, { id, clinicId }, rights, today);
        if (before.rights.role === 'admin') await requireKeeper(tx, clinicId);
        await writeStaffEvent(tx, {
          clinicId,
          at: now,
          kind: 'changed',
          actorId: staff.staffMemberId,
          staffMemberId: id,
          details: {
            from: { ...rightsAsDetails(before.rights), activeTo: before.activeTo },
            to: { ...rightsAsDetails(rights), activeTo: activeTo?.toString() ?? null },
          },
        });
        const told = { accountId: before.accountId, clinicId, at: now };
        await tellAccount(tx, this.jobs, { ...told, kind: 'access-changed', change: 'rights-changed' });
      }),
    );
  }
}
