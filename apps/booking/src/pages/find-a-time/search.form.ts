import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import type { Criteria } from '#libs/calendars';
import { type Language, languages } from '#libs/platform';
import { parseDate } from '#libs/time';

/** A choice of payer: `state`, `paid`, `any`, or `insurer:<id>`, which is paid in clinics that take the insurer. */
export const payerPattern = /^(?:any|state|paid|insurer:[\w.-]{1,60})$/;

/** What the address bar of a search may hold. Every search is such an address. */
export class SearchForm {
  @IsOptional() @IsString() @MaxLength(120) q?: string;
  @IsOptional() @Matches(/^[\w.-]{1,60}$/) specialty?: string;
  @IsOptional() @IsUUID() service?: string;
  @IsOptional() @IsString() @MaxLength(80) city?: string;
  @IsOptional() @IsUUID() branch?: string;
  @IsOptional() @IsUUID() clinic?: string;
  @IsOptional() @Matches(payerPattern, { message: 'choice' }) payer?: string;
  @IsOptional() @IsIn(languages) language?: Language;
  @IsOptional() @Matches(/^\d{4}-\d\d-\d\d$/, { message: 'date' }) from?: string;
  @IsOptional() @Matches(/^[\w-]{1,300}$/) cursor?: string;
}

/** Names of the search that a link or form carries on; the cursor belongs to one page only. */
export const searchNames = [
  'q',
  'specialty',
  'service',
  'city',
  'branch',
  'clinic',
  'payer',
  'language',
  'from',
] as const;
export type SearchName = (typeof searchNames)[number];

/** The insurer in the choice of payer, if it is one. */
export const insurerOf = ({ payer }: Pick<SearchForm, 'payer'>): string | undefined =>
  payer?.startsWith('insurer:') ? payer.slice('insurer:'.length) : undefined;

/** The payer that the search is strict about; undefined shows both. An insurer's visits are paid ones. */
export const payerOf = (form: Pick<SearchForm, 'payer'>): 'state' | 'paid' | undefined => {
  if (form.payer === 'state' || form.payer === 'paid') return form.payer;
  return insurerOf(form) === undefined ? undefined : 'paid';
};

/** The search as the query understands it; a missing member asks for nothing. */
export function criteriaOf(form: SearchForm): Criteria {
  const from = form.from === undefined ? null : parseDate(form.from);
  const payer = payerOf(form);
  const insurer = insurerOf(form);
  return {
    ...(form.q && { q: form.q }),
    ...(form.specialty && { specialty: form.specialty }),
    ...(form.service && { service: form.service }),
    ...(form.city && { city: form.city }),
    ...(form.branch && { branch: form.branch }),
    ...(form.clinic && { clinic: form.clinic }),
    ...(form.language && { language: form.language }),
    ...(form.cursor && { cursor: form.cursor }),
    ...(payer && { payer }),
    ...(insurer && { insurer }),
    ...(from && { from }),
  };
}

/** `/find?…` with some of the search changed; an undefined member is left out. */
export function searchPath(
  form: SearchForm,
  changes: Partial<Record<SearchName | 'cursor', string | undefined>> = {},
): string {
  const wanted: Partial<Record<string, string>> = {};
  for (const name of searchNames) wanted[name] = form[name];
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...wanted, ...changes })) if (value) query.set(name, value);
  const text = query.toString();
  return text ? `/find?${text}` : '/find';
}
