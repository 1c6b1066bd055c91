import { IsIn, IsOptional, isUUID, IsUUID, Matches } from 'class-validator';
import { parseQuery } from '#libs/web';
import { payerOf, payerPattern } from '../find-a-time/search.form.js';

/** What the address bar of a practitioner's page may hold. */
class DoctorQuery {
  /** As a search says it: an insurer's visits are paid ones. */
  @IsOptional() @Matches(payerPattern, { message: 'choice' }) payer?: string;
  @IsOptional() @IsUUID() calendar?: string;
  @IsOptional() @IsUUID() service?: string;
  /** A day in the week, or the first day of the list, that is shown. */
  @IsOptional() @Matches(/^\d{4}-\d\d-\d\d$/, { message: 'date' }) day?: string;
  @IsOptional() @IsIn(['week', 'list']) view?: 'week' | 'list';
}

/** What a practitioner's page was asked for. */
export interface DoctorForm {
  /** `unclear`: the address names no payer that we know, or two: then no time is shown before one is chosen (promise 7). */
  payer?: 'state' | 'paid' | 'unclear';
  calendar?: string;
  service?: string;
  day?: string;
  view?: 'week' | 'list';
}

/** Reads the address. What is wrong in it asks for nothing, and takes nothing else along: above all not the payer. */
export function doctorForm(query: unknown): DoctorForm {
  const parsed = parseQuery(DoctorQuery, query);
  const wrong = parsed.form.errors;
  const given = Object.entries({ ...(query as object) }).filter(([name]) => !(name in wrong));
  const sound = parsed.ok ? parsed : parseQuery(DoctorQuery, Object.fromEntries(given));
  const { payer, ...rest } = sound.ok ? sound.value : new DoctorQuery();
  const known = 'payer' in wrong || !sound.ok ? 'unclear' : payerOf({ ...(payer !== undefined && { payer }) });
  return { ...rest, ...(known && { payer: known }) };
}

/** The page's address with some of the choice changed. A room that is booked by itself has its id in place of a slug. */
export function doctorPath(
  slug: string,
  form: DoctorForm,
  changes: { [Name in keyof DoctorForm]?: string | undefined } = {},
): string {
  const query = new URLSearchParams();
  const { payer, calendar, service, day, view } = form;
  for (const [name, value] of Object.entries({ payer, calendar, service, day, view, ...changes })) {
    if (value) query.set(name, value);
  }
  const text = query.toString();
  return `/${isUUID(slug) ? 'rooms' : 'doctors'}/${encodeURIComponent(slug)}${text ? `?${text}` : ''}`;
}
