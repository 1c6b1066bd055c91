import { IsOptional, IsString, MaxLength } from 'class-validator';
import { priorities, type ReferralDetails } from '#libs/appointments';
import { normaliseEmail, normalisePhone } from '#libs/people';
import type { FieldError } from '#libs/platform';
import { parseDate } from '#libs/time';

/** A referral as staff write it down; read by `referralOf`, so that each mistake stands beside its field. */
export class ReferralFields {
  @IsOptional() @IsString() @MaxLength(80) number?: string;
  @IsOptional() @IsString() @MaxLength(10) date?: string;
  @IsOptional() @IsString() @MaxLength(40) priority?: string;
  @IsOptional() @IsString() @MaxLength(200) name?: string;
  @IsOptional() @IsString() @MaxLength(200) institution?: string;
  @IsOptional() @IsString() @MaxLength(40) phone?: string;
  @IsOptional() @IsString() @MaxLength(254) email?: string;
}

/** The referral that was written down, none, or what is wrong with it. */
export function referralOf(
  typed: ReferralFields | undefined,
): { referral: ReferralDetails | null } | { errors: FieldError[] } {
  if (!typed || Object.values(typed).every((value) => !value)) return { referral: null };
  const errors: FieldError[] = [];
  const wrong = (name: string, code: string): void => void errors.push({ path: `referral.${name}`, code });
  const date = typed.date === undefined ? null : parseDate(typed.date);
  const phone = typed.phone ? (normalisePhone(typed.phone) ?? normalisePhone(typed.phone, 'EE')) : undefined;
  const email = typed.email ? normaliseEmail(typed.email) : undefined;
  if (date === null) wrong('date', typed.date ? 'date' : 'required');
  if (!typed.name) wrong('name', 'required');
  if (!typed.institution) wrong('institution', 'required');
  if (phone === null) wrong('phone', 'phone');
  if (email === null) wrong('email', 'email');
  if (errors.length > 0 || date === null) return { errors };
  return {
    referral: {
      number: typed.number ?? null,
      date,
      priority: priorities.find((each) => each === typed.priority) ?? null,
      referrer: {
        name: typed.name ?? '',
        institution: typed.institution ?? '',
        phone: phone ?? null,
        email: email ?? null,
      },
    },
  };
}
