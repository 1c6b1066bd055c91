import type { Database } from '#libs/platform';

interface AtBranch {
  clinicId: string;
  branchId: string;
  now: Temporal.Instant;
  /** Made by then: who booked later was told the place as it is. */
  madeBy: Temporal.Instant;
  /** Not those that have told of this move of the branch. */
  branchMoveId: string;
  limit: number;
}

const coming = `
  from appointment a
  join service s on s.id = a.service_id
 where a.clinic_id = $1 and a.branch_id = $2 and a.status in ('pending', 'booked') and a.starts_at > $3
   and s.mode = 'in-person'`;

/** The coming visits that take place at a branch, the next one first, whose patients have to hear that it has moved. */
export async function visitsAtBranch(
  database: Database,
  { clinicId, branchId, now, madeBy, branchMoveId, limit }: AtBranch,
): Promise<string[]> {
  const rows = await database.read<{ id: string }>(
    `select a.id ${coming} and a.created_at <= $4
        and not exists (select from appointment_event e where e.appointment_id = a.id and e.branch_move_id = $5)
      order by a.starts_at, a.id limit $6`,
    [clinicId, branchId, now.toString(), madeBy.toString(), branchMoveId, limit],
  );
  return rows.map(({ id }) => id);
}

/** How many people a move of a branch concerns: the coming visits there that have a place. */
export async function countVisitsAtBranch(
  database: Database,
  { clinicId, branchId, now }: Pick<AtBranch, 'clinicId' | 'branchId' | 'now'>,
): Promise<number> {
  const [row] = await database.read<{ count: number }>(`select count(*)::integer as count ${coming}`, [
    clinicId,
    branchId,
    now.toString(),
  ]);
  return row?.count ?? 0;
}
