import type { Language } from '#libs/platform';

/**
 * A path of this site in a language. Parts that begin with `/` or `?` are taken as written, all others are
 * percent-encoded: `pathTo('lv', '/doctors/', slug)`.
 */
export function pathTo(language: Language, ...parts: readonly (string | number)[]): string {
  const rest = parts.map((part) => (/^[/?&]/.test(String(part)) ? String(part) : encodeURIComponent(part))).join('');
  return `/${language}${rest}`;
}

/** The same page in another language: only the first part of the address changes, the search stays. */
export function inLanguage(address: string, language: Language): string {
  return address.replace(/^\/[a-z]{2}(?=[/?]|$)/, `/${language}`);
}
