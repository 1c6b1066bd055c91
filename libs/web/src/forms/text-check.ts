/** NUL and half a surrogate pair: PostgreSQL refuses the one (22021), JSON and UTF-8 mangle the other (faults.md E2). */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

/** The text as it may be shown again after it was refused. */
export const storablePart = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Deeper or larger than any form or call of ours; walking on would only serve an attacker. */
const maximumDepth = 16;
const maximumMembers = 5000;

/**
 * The dotted path of the first member that can never be accepted (a text PostgreSQL cannot hold, a name that reaches
 * into prototypes, too deep, too many), or undefined. Iterative: a body nested 10,000 deep must not use up the stack.
 */
export function firstUnacceptable(body: unknown): string | undefined {
  const open: { path: string; value: unknown; depth: number }[] = [{ path: '', value: body, depth: 0 }];
  let members = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { path, value, depth } = next;
    if (typeof value === 'string' && !isStorable(value)) return path;
    if (typeof value !== 'object' || value === null) continue;
    const entries = Object.entries(value);
    members += entries.length;
    if (depth >= maximumDepth || members > maximumMembers) return path;
    for (const [name, member] of entries) {
      const below = path === '' ? name : `${path}.${name}`;
      if (forbiddenNames.has(name) || !isStorable(name)) return storablePart(below);
      open.push({ path: below, value: member, depth: depth + 1 });
    }
  }
  return undefined;
}
