import type { Known } from '../known.js';
import type { Findings } from '../mistakes.js';
import type { SmallKind } from '../rules/kinds.js';
import type { Row } from '../rules/mistake.js';
import { planBranches } from './plan-branches.js';
import { planCalendars, planOffers } from './plan-calendars.js';
import { planHours } from './plan-hours.js';
import { planPractitioners } from './plan-practitioners.js';
import { planServices } from './plan-services.js';
import { emptyPlan, type Plan } from './plan.js';

/** Checks the few rows, kind after kind, so that later ones find what earlier ones add. Nothing is written. */
export function makePlan(small: ReadonlyMap<SmallKind, readonly Row[]>, known: Known, findings: Findings): Plan {
  const plan = emptyPlan();
  const rows = (kind: SmallKind): readonly Row[] => small.get(kind) ?? [];
  planBranches(rows('branch'), known, plan, findings);
  planPractitioners(rows('practitioner'), known, plan, findings);
  planServices(rows('service'), known, plan, findings);
  planCalendars(rows('calendar'), known, plan, findings);
  planOffers(rows('offer'), known, plan, findings);
  planHours(rows('hours'), known, plan, findings);
  return plan;
}
