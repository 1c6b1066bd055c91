import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, type Actor, requireSomewhere, requireStaff } from '#libs/access';
import { type CalendarChange, resourcesOfChange } from '#libs/calendars';
import { CLOCK, type Clock, Database, Refusal, type Tx } from '#libs/platform';
import { type ChangeProgress, progressOf } from '../carry-out-change.js';
import { looksAtVisits } from '../looks-at-visits.js';
import { changeAndSee, rehearse } from '../people-inside.js';
import { findPlan, type Plan } from '../planned-changes.js';
import type { StoredDecisions } from '../rules/decisions.js';
import type { Candidate } from '../rules/propose.js';
import { type AppointmentView, viewColumns, viewOf, type ViewRow, viewTables } from './appointment-view.js';
import { proposedTimes } from './proposed-times.js';

/** A time that a visit could move to, with the names of who and where. */
export interface ProposedMove extends Candidate {
  practitioner: string;
  branch: string;
}

export interface VisitInside {
  view: AppointmentView;
  /** Nearest first; the first one collides with nobody else's first. */
  proposals: ProposedMove[];
}

export interface AskedChange {
  change: CalendarChange;
  progress: ChangeProgress;
  /** What was decided before, of a change that is under way. */
  decisions: StoredDecisions | null;
  /** Whom it leaves outside; of a change under way those who are still to be carried out. */
  inside: VisitInside[];
}

/** How many times are proposed for each visit. */
const proposalsEach = 3;

/** A planned change as staff are asked about it. Everybody who is named is a look that the access log keeps. */
@Injectable()
export class ChangeAsked {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-signed-in`, `not-found` also of a plan that is forgotten, `wrong-state` no draft to publish */
  async run(actor: Actor, id: string): Promise<AskedChange> {
    const plan = await findPlan(this.database.reader, id);
    if (!plan) throw new Refusal(actor.kind === 'anonymous' ? 'not-signed-in' : 'not-found');
    const staff = requireSomewhere(actor, plan.clinicId, 'calendar.read');
    const inside = plan.state === 'done' ? [] : await this.inside(plan);
    const views = inside.map(({ view }) => view);
    for (const { practitioner, branch } of views)
      requireStaff(actor, plan.clinicId, 'patients.read', { practitionerId: practitioner.id, branchId: branch.id });
    await this.accessLog.looked(null, ...looksAtVisits(staff, views, 'change-inside'));
    return {
      change: plan.change,
      progress: progressOf(plan),
      decisions: plan.decisions,
      inside,
    };
  }

  private inside(plan: Plan): Promise<VisitInside[]> {
    const now = this.clock.now();
    return rehearse(this.database, async (tx) => {
      const { clinicId, change, begun, createdBy: by } = plan;
      const left = plan.parts.filter(({ isDone }) => !isDone).map(({ resourceId }) => resourceId);
      const resources = begun ? left : await resourcesOfChange(tx, clinicId, change);
      const seen = await changeAndSee(tx, { clinicId, change, resources, begun, by, now, isRehearsal: true });
      return withProposals(tx, clinicId, await viewsOf(tx, [...seen.inside]), now);
    });
  }
}

async function viewsOf(tx: Tx, ids: readonly string[]): Promise<AppointmentView[]> {
  const rows = await tx.query<ViewRow>(
    `select ${viewColumns} from ${viewTables} where a.id = any($1) order by a.starts_at, a.id`,
    [ids],
  );
  return rows.map(viewOf);
}

/** The visits with what they could move to. */
export async function withProposals(
  reader: Pick<Tx, 'query'>,
  clinicId: string,
  views: readonly AppointmentView[],
  now: Temporal.Instant,
): Promise<VisitInside[]> {
  const displaced = views.map(({ id, patient, service, payer, practitioner, branch, start, end }) => ({
    id,
    patientId: patient.id,
    serviceId: service.id,
    payer,
    resourceId: practitioner.id,
    branchId: branch.id,
    city: branch.city,
    start,
    end,
  }));
  const proposed = await proposedTimes(reader, clinicId, displaced, { each: proposalsEach, now });
  const calendars = [...new Set([...proposed.values()].flat().map(({ calendarId }) => calendarId))];
  const rows = await reader.query<{ id: string; practitioner: string; branch: string }>(
    `select c.id, coalesce(p.given_name || ' ' || p.family_name, r.name) as practitioner, b.name as branch
       from calendar c
       join branch b on b.id = c.branch_id
       join resource r on r.id = c.resource_id
       left join practitioner p on p.id = r.practitioner_id
      where c.id = any($1)`,
    [calendars],
  );
  const names = new Map(rows.map((row) => [row.id, row]));
  return views.map((view) => ({
    view,
    proposals: (proposed.get(view.id) ?? []).map((candidate) => {
      const { practitioner = '', branch = '' } = names.get(candidate.calendarId) ?? {};
      return { ...candidate, practitioner, branch };
    }),
  }));
}
