/** A structured-header string: quoted, with `\"` and `\\` inside (RFC 9651, 3.3.3). */
const quoted = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;
const bare = /^[\w.:~+/=-]+$/;
const longest = 128;

/**
 * The key in an Idempotency-Key header: a quoted string as the draft asks for, or bare as most programs send it, 1 to
 * 128 characters. Null: it is neither (S-2.17).
 */
export function parseIdempotencyKey(header: string): string | null {
  if (header.length > 2 * longest + 2) return null;
  const text = header.trim();
  const inside = quoted.exec(text)?.[1];
  const key = inside === undefined ? (bare.test(text) ? text : null) : inside.replace(/\\(["\\])/g, '$1');
  return key !== null && key.length >= 1 && key.length <= longest ? key : null;
}
