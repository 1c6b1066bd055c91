import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database } from '#libs/platform';
import type { StaffActor } from '../actor.js';
import { dayOf, isStaffOn, staffAs, type StaffRecord } from '../staff-record.js';

/** A member of staff in whose name work goes on after their request has ended. */
export interface StaffOfToday {
  actor: StaffActor;
  /** Whether they still work there; who has left may finish what had begun, and begin nothing. */
  isStaff: boolean;
}

/** The member of staff behind an id, with what they may do today (faults.md F13). */
@Injectable()
export class StaffToday {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param sessionId what stands for their session, as there is none
   * @returns undefined when there is nobody of this id
   */
  async run(staffMemberId: string, sessionId: string): Promise<StaffOfToday | undefined> {
    const [row] = await this.database.read<{ staff: StaffRecord; isStaff: boolean }>(
      `select ${staffAs('$2::date')} as staff, ${isStaffOn('$2::date')} as "isStaff" from staff_member m where m.id = $1`,
      [staffMemberId, dayOf(this.clock.now())],
    );
    return row && { actor: { kind: 'staff', sessionId, ...row.staff }, isStaff: row.isStaff };
  }
}
