import { type BegunChange, type CalendarChange, changeOf, type StoredChange } from '#libs/calendars';
import type { Tx } from '#libs/platform';
import type { PlanPart, PlanState } from './planned-change.entity.js';
import type { StoredDecisions } from './rules/decisions.js';

/** A planned change as verbs see it. */
export interface Plan {
  id: string;
  clinicId: string;
  change: CalendarChange;
  state: PlanState;
  decisions: StoredDecisions | null;
  begun: BegunChange | null;
  parts: PlanPart[];
  createdBy: string;
}

interface PlanRow extends Omit<Plan, 'change'> {
  change: StoredChange;
}

const columns = `id, clinic_id as "clinicId", change, state, decisions, begun, parts, created_by as "createdBy"`;

const planOf = (row: PlanRow | undefined): Plan | undefined => row && { ...row, change: changeOf(row.change) };

/** The plan of an id, without a lock. */
export async function findPlan(reader: Pick<Tx, 'query'>, id: string): Promise<Plan | undefined> {
  const [row] = await reader.query<PlanRow>(`select ${columns} from planned_change where id = $1`, [id]);
  return planOf(row);
}

/** The plan under its own lock, which everybody who carries it out takes before any other. */
export async function lockPlan(tx: Tx, id: string): Promise<Plan | undefined> {
  await tx.query(`select id from planned_change where id = $1 for update`, [id]);
  return findPlan(tx, id);
}

export async function writePlan(
  tx: Tx,
  plan: { clinicId: string; change: CalendarChange; by: string; at: Temporal.Instant },
): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `insert into planned_change (clinic_id, change, state, parts, created_by, created_at)
     values ($1, $2, 'planned', '[]', $3, $4) returning id`,
    [plan.clinicId, JSON.stringify(plan.change), plan.by, plan.at.toString()],
  );
  if (!row) throw new Error('the plan was not written');
  return row.id;
}

/** Writes how far the plan has come. */
export async function writeProgress(
  tx: Tx,
  { id, begun, decisions, parts }: Pick<Plan, 'id' | 'parts'> & { begun: BegunChange; decisions: StoredDecisions },
): Promise<PlanState> {
  const state: PlanState = parts.every(({ isDone }) => isDone) ? 'done' : 'under-way';
  await tx.query(`update planned_change set state = $2, begun = $3, decisions = $4, parts = $5 where id = $1`, [
    id,
    state,
    JSON.stringify(begun),
    JSON.stringify(decisions),
    JSON.stringify(parts),
  ]);
  return state;
}
