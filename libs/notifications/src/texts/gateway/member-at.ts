/**
 * The text or number at a dotted path of what was read from JSON or a form, without what PostgreSQL cannot keep (NUL, half
 * of a split emoji); undefined where there is none.
 */
export function memberAt(tree: unknown, path: string): string | undefined {
  let node = tree;
  for (const part of path.split('.')) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, part)) return undefined;
    node = (node as Record<string, unknown>)[part];
  }
  if (typeof node === 'number') return String(node);
  const text = typeof node === 'string' ? node.replaceAll('\u0000', '').toWellFormed() : '';
  return text === '' ? undefined : text;
}
