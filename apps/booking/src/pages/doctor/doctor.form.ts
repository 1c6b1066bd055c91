import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { payerOf } from '../find-a-time/search.form.js';

/** What the address bar of a practitioner's page may hold. */
export class DoctorForm {
  /** As a search says it: an insurer's visits are paid ones. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? payerOf({ payer: value }) : undefined))
  payer?: 'state' | 'paid';
  @IsOptional() @IsUUID() calendar?: string;
  @IsOptional() @IsUUID() service?: string;
  /** A day in the week, or the first day of the list, that is shown. */
  @IsOptional() @Matches(/^\d{4}-\d\d-\d\d$/, { message: 'date' }) day?: string;
  @IsOptional() @IsIn(['week', 'list']) view?: 'week' | 'list';
}

/** The page's address with some of the choice changed. */
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
  return `/doctors/${encodeURIComponent(slug)}${text ? `?${text}` : ''}`;
}
