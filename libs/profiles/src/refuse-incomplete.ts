import { Refusal } from '#libs/platform';
import type { Missing } from './rules/what-is-missing.js';

/** @throws Refusal `incomplete` with each path, when anything is missing */
export function refuseIncomplete(missing: readonly Missing[]): void {
  if (missing.length === 0) return;
  throw new Refusal('incomplete', {
    errors: missing.map(({ path, code }) => ({ path, code: `setup.missing.${code}` })),
  });
}
