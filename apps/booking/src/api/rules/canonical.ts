/**
 * A JSON value with the members of its objects in one order, so that the same request written otherwise is the same
 * request (S-2.17). Iterative depth is bounded by the body's own limit of 16 levels.
 */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, member]) => [name, canonical(member)]),
  );
}
