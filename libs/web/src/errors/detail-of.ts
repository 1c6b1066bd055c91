import { hasMessage, type Language, type Refusal, translate, wordsIn } from '#libs/platform';

/** Why the clinic says no, in the finest words there are: a clinic's own advice, a finer reason, or who may do it. */
export function detailOf({ code, details: { advice, why, roles } }: Refusal, language: Language): string {
  const own = advice && wordsIn(language, advice);
  if (own) return own;
  const whyKey = `refusals.why.${why}`;
  if (why !== undefined && hasMessage(language, whyKey)) return translate(language, whyKey);
  const detail = translate(language, `refusals.${code}.detail`);
  if (!roles || roles.length === 0) return detail;
  const names = roles.map((role) => translate(language, `clinic.roles.${role}`));
  const list = new Intl.ListFormat(language, { type: 'disjunction' }).format(names);
  return `${detail} ${translate(language, 'refusals.not-allowed.roles', { roles: list })}`;
}
