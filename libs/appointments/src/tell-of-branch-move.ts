import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs, type Tx } from '#libs/platform';
import type { StaffNamed } from './appointment-rows.js';
import { loadAppointment } from './appointment-rows.js';
import type { Place } from './appointment-event.entity.js';
import { placeOfVisit } from './place-of-visit.js';
import { visitsAtBranch } from './queries/visits-at-branch.js';
import { nextStepOf, recordStep } from './record-step.js';

/** How many visits one job writes; the next one goes on. */
const atOnce = 500;

interface BranchMoveRow {
  clinicId: string;
  branchId: string;
  at: Date;
  staffMemberId: string;
  actorName: string;
  fromPlace: Place;
}

/**
 * A branch has moved: each coming visit there gets a step of its own that says from where to where, and with it its letter
 * and a raised event in the patient's calendar. One transaction for each visit; safe to repeat, because a visit tells of a
 * move once, and to stop anywhere, because the rest is found again.
 */
@Injectable()
export class TellOfBranchMove {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns how many visits got their step now */
  async run({ branchMoveId }: { branchMoveId: string }): Promise<{ written: number }> {
    const [move] = await this.database.read<BranchMoveRow>(
      `select clinic_id as "clinicId", branch_id as "branchId", at, staff_member_id as "staffMemberId",
              actor_name as "actorName", from_place as "fromPlace"
         from branch_move where id = $1`,
      [branchMoveId],
    );
    if (!move) return { written: 0 };
    const ids = await visitsAtBranch(this.database, {
      clinicId: move.clinicId,
      branchId: move.branchId,
      now: this.clock.now(),
      madeBy: move.at.toTemporalInstant(),
      branchMoveId,
      limit: atOnce + 1,
    });
    let written = 0;
    for (const id of ids.slice(0, atOnce))
      written += await this.database.transaction((tx) => this.write(tx, id, { ...move, branchMoveId }));
    if (ids.length > atOnce)
      await this.database.transaction((tx) => this.jobs.send(tx, 'branch-moved', { branchMoveId }));
    return { written };
  }

  /** Its own row is locked and nothing else: no time is taken or freed. */
  private async write(tx: Tx, id: string, move: BranchMoveRow & { branchMoveId: string }): Promise<number> {
    const [there] = await tx.query<{ id: string }>(
      `select a.id from appointment a
        where a.id = $1 and a.branch_id = $2 and a.status in ('pending', 'booked') and a.starts_at > $3
          and not exists (select from appointment_event e where e.appointment_id = a.id and e.branch_move_id = $4)
        for no key update of a`,
      [id, move.branchId, this.clock.now().toString(), move.branchMoveId],
    );
    const appointment = there ? await loadAppointment(tx, id) : undefined;
    const to = appointment ? await placeOfVisit(tx, id) : null;
    if (!appointment || !to) return 0;
    const from = { ...move.fromPlace, room: await formerRoom(tx, id, to.room, move.fromPlace.room) };
    const by: StaffNamed = { kind: 'staff', staffMemberId: move.staffMemberId, name: move.actorName };
    await tx.query(`update appointment set version = version + 1, sequence = sequence + 1 where id = $1`, [id]);
    await recordStep(tx, this.jobs, {
      ...nextStepOf(appointment),
      at: this.clock.now(),
      kind: 'details-changed',
      actor: by,
      to: appointment,
      places: { from, to },
      branchMoveId: move.branchMoveId,
      // Only the branch's own room was renamed, and this visit is in another: nothing changes for its patient.
      tells: JSON.stringify(inOrder(from)) !== JSON.stringify(inOrder(to)),
    });
    return 1;
  }
}

const inOrder = ({ address, city, postalCode, room }: Place): (string | null)[] => [address, city, postalCode, room];

/** The room before the branch's was renamed: the visit's own, those that it takes, or the branch's former one. */
async function formerRoom(
  tx: Tx,
  id: string,
  room: string | null,
  formerOfBranch: string | null,
): Promise<string | null> {
  const [branch] = await tx.query<{ room: string | null; own: string | null }>(
    `select b.room, a.room as own from appointment a join branch b on b.id = a.branch_id where a.id = $1`,
    [id],
  );
  return branch?.own === null && room === branch.room ? formerOfBranch : room;
}
