import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireSomewhere, type StaffActor } from '#libs/access';
import { requireMayChangeCalendars, resourcesOfChange } from '#libs/calendars';
import { CLOCK, type Clock, Database, Jobs, Refusal, type Tx } from '#libs/platform';
import { carryOutPart } from './carry-out-part.js';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { orTaken } from './or-taken.js';
import { changeAndSee, rehearse } from './people-inside.js';
import type { PlanPart, PlanState } from './planned-change.entity.js';
import { findPlan, lockPlan, type Plan } from './planned-changes.js';
import { areAbout, type Decisions, type StoredDecisions } from './rules/decisions.js';
import type { ReasonCode } from './rules/reason-codes.js';

/** How far a change has come, and what became of those inside. */
export interface ChangeProgress {
  id: string;
  state: PlanState;
  kept: number;
  moved: number;
  cancelled: number;
  /** Practitioners, rooms and devices that are changed, and that are still to be. */
  done: number;
  left: number;
}

/** For so long one request goes on with the next practitioner; a round of the worker or another press does the rest. */
const patienceMs = 4_000;

/**
 * Carries out a planned change with what was decided for each appointment inside: kept it is orphaned and stands on the work
 * list, else it is moved or cancelled and its patient is told. One transaction for each practitioner, all or nothing; after
 * a break it goes on where it stopped, and a second press does nothing more.
 * Refusals: `not-signed-in`, `not-found`, `not-allowed`, `state-changed` others are inside than were decided about,
 * `slot-taken`, `not-bookable` and `patient-busy` with the appointment as path, `wrong-state` no draft to publish,
 * `in-progress`, `idempotency-key-reused`.
 */
@Injectable()
export class CarryOutChange {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    id,
    decisions,
    reasonCode = 'clinic-other',
    note = null,
    request,
  }: {
    actor: Actor;
    id: string;
    decisions: Decisions;
    /** Of those who are moved or cancelled. */
    reasonCode?: ReasonCode;
    note?: string | null;
    request: Request;
  }): Promise<ChangeProgress> {
    const { reader } = this.database;
    const plan = await findPlan(reader, id);
    if (!plan) throw new Refusal(actor.kind === 'anonymous' ? 'not-signed-in' : 'not-found');
    const staff = requireSomewhere(actor, plan.clinicId, 'hours.read');
    if (plan.state === 'done') return progressOf(plan);
    if (plan.state === 'planned')
      await requireMayChangeCalendars(reader, actor, plan.clinicId, plan.change, this.clock.now());
    const wanted: StoredDecisions = {
      byAppointment: JSON.parse(JSON.stringify(decisions)) as StoredDecisions['byAppointment'],
      reasonCode,
      note,
    };
    return inTurn(request, async () => {
      if (plan.state === 'planned') await this.requireDecided(plan, staff, wanted);
      return this.goOn(staff, id, { wanted, request, until: performance.now() + patienceMs });
    });
  }

  /**
   * Goes on with a change that was left half done; called by the worker, who leaves open questions to staff.
   * @param keepsOthers whoever is inside and was not decided about is kept, and stands on the work list
   */
  async resume(staff: StaffActor, id: string, { keepsOthers }: { keepsOthers: boolean }): Promise<ChangeProgress> {
    return this.goOn(staff, id, { wanted: null, request: null, until: Infinity, keepsOthers });
  }

  private async goOn(
    staff: StaffActor,
    id: string,
    how: { wanted: StoredDecisions | null; request: Request | null; until: number; keepsOthers?: boolean },
  ): Promise<ChangeProgress> {
    for (;;) {
      const plan = await this.onePart(staff, id, how);
      [how.request, how.wanted] = [null, null];
      if (plan.state === 'done' || performance.now() > how.until) return progressOf(plan);
    }
  }

  /** The next part in a transaction of its own. */
  private async onePart(
    staff: StaffActor,
    id: string,
    { wanted, request, keepsOthers = false }: Parameters<CarryOutChange['goOn']>[2],
  ): Promise<Plan> {
    const part = this.database.transaction(async (tx) => {
      const isRepeated = request && (await carriedOutBefore(tx, request, id, this.clock.now()));
      const plan = await lockPlan(tx, id);
      if (!plan) throw new Refusal('not-found');
      if (isRepeated || plan.state === 'done') return plan;
      const parts = plan.begun ? plan.parts : await this.partsOf(tx, plan);
      return carryOutPart(tx, this.jobs, this.clock, {
        actor: staff,
        plan: { ...plan, parts },
        decisions: merged(plan.decisions, wanted),
        keepsOthers,
      });
    });
    return orTaken(part);
  }

  private async partsOf(tx: Tx, plan: Plan): Promise<PlanPart[]> {
    const resources = await resourcesOfChange(tx, plan.clinicId, plan.change);
    return resources.map((resourceId) => ({ resourceId, isDone: false, kept: 0, moved: 0, cancelled: 0 }));
  }

  /** Of many practitioners none is begun with while somebody inside is not decided about. */
  private async requireDecided(plan: Plan, staff: StaffActor, wanted: StoredDecisions): Promise<void> {
    const { clinicId, change } = plan;
    const now = this.clock.now();
    const inside = await rehearse(this.database, async (tx) => {
      const resources = await resourcesOfChange(tx, clinicId, change);
      if (resources.length < 2) return null;
      const by = staff.staffMemberId;
      return (await changeAndSee(tx, { clinicId, change, resources, begun: null, by, now, isRehearsal: true })).inside;
    });
    if (inside && !areAbout(new Set(Object.keys(wanted.byAppointment)), inside)) throw new Refusal('state-changed');
  }
}

/** What is decided now goes before what was decided when the change was begun. */
const merged = (before: StoredDecisions | null, now: StoredDecisions | null): StoredDecisions => ({
  reasonCode: 'clinic-other',
  note: null,
  ...before,
  ...now,
  byAppointment: { ...before?.byAppointment, ...now?.byAppointment },
});

export function progressOf({ id, state, parts }: Pick<Plan, 'id' | 'state' | 'parts'>): ChangeProgress {
  const sum = (of: 'kept' | 'moved' | 'cancelled'): number => parts.reduce((all, part) => all + part[of], 0);
  const done = parts.filter(({ isDone }) => isDone).length;
  return {
    id,
    state,
    kept: sum('kept'),
    moved: sum('moved'),
    cancelled: sum('cancelled'),
    done,
    left: parts.length - done,
  };
}
