import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { type Rights, type StaffRole, staffRoles } from '#libs/access';
import { type Language, languages } from '#libs/platform';
import { IsDay, Several, WholeNumber } from '#libs/web';

/** A role and how far it reaches. What belongs to another role is sent along and left out by the verb. */
class RightsForm {
  @IsIn(staffRoles)
  role: StaffRole;

  @IsOptional()
  @IsUUID('all', { message: 'choice' })
  practitioner?: string;

  @IsOptional()
  @Several()
  @IsArray()
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true, message: 'choice' })
  assists?: string[];

  @IsOptional()
  @IsDay()
  assistsUntil?: string;

  @IsIn(['all', 'some'])
  reach: 'all' | 'some';

  @IsOptional()
  @Several()
  @IsArray()
  @ArrayMaxSize(200)
  @IsUUID('all', { each: true, message: 'choice' })
  branches?: string[];
}

export class InviteForm extends RightsForm {
  @IsString()
  @Length(2, 200)
  name: string;

  @IsEmail()
  @MaxLength(254)
  email: string;

  @IsIn(languages)
  language: Language;
}

/** The right address of somebody who is invited. */
export class InvitedAddressForm {
  @IsEmail()
  @MaxLength(254)
  email: string;
}

export class ChangeStaffForm extends RightsForm {
  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  version: number;

  @IsOptional()
  @IsDay()
  activeTo?: string;
}

/** What a letter's link opens is accepted with; everything is asked again by the verb. */
export class AcceptForm {
  @Matches(/^[\w-]{43}$/)
  key: string;

  @IsString()
  @MaxLength(500)
  password: string;

  /** As people copy it: `123 456`. */
  @Matches(/^\d{3} ?\d{3}$/, { message: 'code' })
  code: string;

  @Matches(/^[\w-]{20,600}$/)
  sealed: string;

  /** Told to the browser, so that it keeps the password under the address; the invitation knows it. */
  @IsOptional()
  @IsString()
  @MaxLength(254)
  username?: string;
}

export const rightsOfForm = (form: RightsForm): Rights => ({
  role: form.role,
  practitionerId: form.practitioner ?? null,
  assists: form.assists ?? [],
  assistsUntil: form.assistsUntil === undefined ? null : Temporal.PlainDate.from(form.assistsUntil),
  branchIds: form.reach === 'all' ? null : (form.branches ?? []),
});
