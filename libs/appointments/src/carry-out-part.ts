import type { StaffActor } from '#libs/access';
import { lockResources, resourcesOfChange, resourcesOfOwner } from '#libs/calendars';
import { type Clock, type FieldError, type Jobs, Refusal, type Tx } from '#libs/platform';
import { type AppointmentRow, loadAppointment } from './appointment-rows.js';
import { cancelCase } from './cancel-case.js';
import { moveCase } from './move-case.js';
import { dropLostOffers, resourcesOfHeld } from './offers.js';
import { markBroughtIn, markOrphaned, reasonOf, unmarkCovered } from './orphan-marks.js';
import { changeAndSee } from './people-inside.js';
import type { PlanPart } from './planned-change.entity.js';
import { type Plan, writeProgress } from './planned-changes.js';
import { areAbout, type Decision, decisionsOf, type StoredDecisions } from './rules/decisions.js';
import type { ReasonCode } from './rules/reason-codes.js';
import { peekTarget, type TargetSlot } from './target-slot.js';

interface Case {
  peeked: AppointmentRow;
  decision: Decision;
  target: TargetSlot | null;
}

/**
 * Carries out the next part of a plan in the caller's transaction, which holds the plan's lock: one practitioner's calendars
 * are changed, and everybody inside gets what was decided. All locks are taken first and in their order: resources, then
 * patients (promise 2).
 */
export async function carryOutPart(
  tx: Tx,
  jobs: Jobs,
  clock: Clock,
  {
    actor,
    plan,
    decisions,
    keepsOthers,
  }: { actor: StaffActor; plan: Plan; decisions: StoredDecisions; keepsOthers: boolean },
): Promise<Plan> {
  const { clinicId, change } = plan;
  const part = plan.parts.find(({ isDone }) => !isDone) ?? null;
  const resources = part ? [part.resourceId] : [];
  const cases = await peekCases(tx, decisions, resources, plan.parts.length, clock.now());
  await lockAll(tx, [...resources, ...roomOf(plan)], cases);
  if (!plan.begun) await requireAllKnown(tx, plan);
  const now = clock.now();
  const by = actor.staffMemberId;
  const seen = await changeAndSee(tx, { clinicId, change, resources, begun: plan.begun, by, now, isRehearsal: false });
  const decided = new Set(cases.map(({ peeked }) => peeked.id));
  if (!keepsOthers && !areAbout(decided, seen.inside)) throw new Refusal('state-changed');
  const counts = { kept: 0, moved: 0, cancelled: 0 };
  const kept = [...seen.inside].filter((id) => !decided.has(id));
  counts.kept = kept.length;
  for (const each of cases.filter(({ peeked }) => seen.inside.has(peeked.id))) {
    const appointment = await loadAppointment(tx, each.peeked.id);
    if (!appointment || appointment.version !== each.peeked.version) throw new Refusal('state-changed');
    const reason = decisions.reasonCode as ReasonCode;
    const { note } = decisions;
    if (each.target) {
      await asOf(appointment.id, () =>
        moveCase(tx, jobs, { actor, appointment, target: each.target as TargetSlot, isHeld: false, now, reason, note }),
      );
      counts.moved++;
    } else if (each.decision === 'cancel') {
      await cancelCase(tx, jobs, { actor, appointment, now, reason, note, late: false });
      counts.cancelled++;
    } else {
      kept.push(appointment.id);
      counts.kept++;
    }
  }
  await markOrphaned(tx, kept, reasonOf[change.kind], now);
  await unmarkCovered(tx, clinicId, resources);
  if (change.kind === 'publish-hours') await markBroughtIn(tx, clinicId, resources, now);
  await dropLostOffers(tx, resources, now);
  const parts = plan.parts.map((each): PlanPart => (each === part ? { ...part, ...counts, isDone: true } : each));
  const { begun } = seen;
  // Whoever moved to a practitioner whose part is still to come was decided about once.
  const left = withoutCases(decisions, cases);
  const state = await writeProgress(tx, { id: plan.id, begun, decisions: left, parts });
  return { ...plan, state, parts, begun, decisions: left };
}

/** A room or device that is about to be closed: nobody takes it while the closure is written. */
const roomOf = ({ begun, change }: Plan): string[] =>
  !begun && change.kind === 'close' && change.scope.resourceId ? [change.scope.resourceId] : [];

/** Somebody who was not concerned when the plan was divided may have come in before the locks. @throws Refusal `state-changed` */
async function requireAllKnown(tx: Tx, { clinicId, change, parts }: Plan): Promise<void> {
  const known = new Set(parts.map(({ resourceId }) => resourceId));
  const found = await resourcesOfChange(tx, clinicId, change);
  if (found.some((id) => !known.has(id))) throw new Refusal('state-changed');
}

/** The decided appointments that stand with the part's resource, or with an only part all of them; where they go. */
async function peekCases(
  tx: Tx,
  decisions: StoredDecisions,
  resources: readonly string[],
  parts: number,
  now: Temporal.Instant,
): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [id, decision] of decisionsOf(decisions)) {
    const peeked = await loadAppointment(tx, id);
    if (!peeked) throw new Refusal('state-changed');
    if (parts > 1 && !resources.includes(peeked.resourceId)) continue;
    const target = typeof decision === 'object' ? await asOf(id, () => peekTarget(tx, decision.move, now)) : null;
    cases.push({ peeked, decision, target });
  }
  return cases;
}

function withoutCases(decisions: StoredDecisions, cases: readonly Case[]): StoredDecisions {
  const done = new Set(cases.map(({ peeked }) => peeked.id));
  const left = Object.entries(decisions.byAppointment).filter(([id]) => !done.has(id));
  return { ...decisions, byAppointment: Object.fromEntries(left) };
}

async function lockAll(tx: Tx, resources: readonly string[], cases: readonly Case[]): Promise<void> {
  const all = new Set([...resources, ...(await resourcesOfHeld(tx, resources))]);
  for (const { peeked, target } of cases) {
    all.add(peeked.resourceId);
    for (const owner of [peeked.id, ...peeked.offerIds])
      for (const id of await resourcesOfOwner(tx, owner)) all.add(id);
    for (const id of target?.resources ?? []) all.add(id);
  }
  await lockResources(tx, [...all]);
  await tx.query(`select id from patient where id = any($1) order by id for no key update`, [
    cases.map(({ peeked }) => peeked.patientId),
  ]);
}

/** A refusal says whose it is. */
async function asOf<Result>(appointmentId: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const errors: FieldError[] = [
      ...(thrown.details.errors ?? []),
      { path: `decisions.${appointmentId}`, code: `refusals.${thrown.code}.title` },
    ];
    throw new Refusal(thrown.code, { ...thrown.details, errors });
  }
}
