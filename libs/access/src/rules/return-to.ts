/**
 * Where to go after signing in: a path of this site, or the fallback. Browsers read `\` as `/` and drop tabs and line
 * ends, so anything outside plain path characters is refused, as are `//evil` and whole addresses (faults.md G12).
 */
export function returnTo(wanted: string | undefined, fallback: string): string {
  if (wanted === undefined || wanted.length > 500) return fallback;
  return /^\/(?![/\\])[\w\-./~%?&=+:,@!$'()*;]*$/.test(wanted) && !/^\/(?:auth|api)\//.test(wanted) ? wanted : fallback;
}
