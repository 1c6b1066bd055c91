import { Injectable } from '@nestjs/common';
import { type StaffActor, StaffPreferences } from '#libs/access';
import { isId } from '#libs/platform';
import { type Step, steps } from './day.query.js';

/** How somebody likes to see the calendar. */
export interface KeptView {
  branch: string | null;
  step: Step;
  /** By branch: which columns (null: all) and which specialty (null: every one). */
  filters: Record<string, KeptFilter>;
}

export interface KeptFilter {
  columns: string[] | null;
  specialty: string | null;
}

const key = 'calendar';
/** Of so many branches somebody's columns are remembered, and so many of each. */
const mostBranches = 5;
const mostColumns = 60;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isStep = (value: unknown): value is Step => steps.some((each) => each === value);

/** What was kept may come from another version of this app: whatever it does not know counts for nothing. */
function viewFrom(value: unknown): KeptView {
  const kept = isObject(value) ? value : {};
  const filters: KeptView['filters'] = {};
  for (const [branch, filter] of Object.entries(isObject(kept['filters']) ? kept['filters'] : {})) {
    if (!isObject(filter)) continue;
    const { columns, specialty } = filter;
    filters[branch] = {
      columns: Array.isArray(columns) ? columns.filter((id): id is string => typeof id === 'string' && isId(id)) : null,
      specialty: typeof specialty === 'string' ? specialty : null,
    };
  }
  const { branch, step } = kept;
  return {
    branch: typeof branch === 'string' && isId(branch) ? branch : null,
    step: isStep(step) ? step : 15,
    filters,
  };
}

/** Branch, columns, specialty and density of the calendar, kept for each member of staff. */
@Injectable()
export class KeptViews {
  constructor(private readonly preferences: StaffPreferences) {}

  async of(staff: StaffActor): Promise<KeptView> {
    return viewFrom(await this.preferences.of(staff, key));
  }

  /** Keeps a branch, and what else is told. */
  async keep(staff: StaffActor, branch: string, told: { step?: Step | undefined; filter?: KeptFilter }): Promise<void> {
    const before = await this.of(staff);
    const { [branch]: former, ...others } = before.filters;
    const filter = told.filter ?? former;
    const rest = Object.entries(others).slice(-(mostBranches - 1));
    const filters = Object.fromEntries(filter ? [...rest, [branch, cut(filter)]] : rest);
    await this.preferences.keep(staff, key, { branch, step: told.step ?? before.step, filters });
  }
}

const cut = ({ columns, specialty }: KeptFilter): KeptFilter => ({
  columns: columns === null ? null : columns.slice(0, mostColumns),
  specialty,
});
