import { Equals, IsIn, IsObject, IsOptional, IsString, IsUUID, Matches, MaxLength, ValidateIf } from 'class-validator';
import { Checkbox, IdempotencyKey } from '#libs/web';
import { personCodeCountries, type PersonCodeCountry } from '#libs/people';

const isNew = ({ who }: DetailsForm): boolean => who === undefined || who === 'new';

/** Who comes, how to reach them, and that the terms are agreed to. Names and code only for somebody new. */
export class DetailsForm {
  /** A patient of the account by id, or `new`. */
  @IsOptional() @Matches(/^(?:new|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, { message: 'choice' }) who?: string;
  @ValidateIf(isNew) @IsString() @MaxLength(100) givenName?: string;
  @ValidateIf(isNew) @IsString() @MaxLength(100) familyName?: string;
  @IsOptional() @IsIn(personCodeCountries) personCodeCountry?: PersonCodeCountry;
  @IsOptional() @IsString() @MaxLength(30) personCode?: string;
  @IsOptional() @IsString() @MaxLength(10) birthDate?: string;
  @IsOptional() @IsString() @MaxLength(254) email?: string;
  @IsString() @MaxLength(40) phone: string;
  /** To be reminded by SMS. */
  @Checkbox() sms: boolean;
  @IsOptional() @IsString() @MaxLength(500) reason?: string;
  /** By the question's id; what they say is read by the service's own rules. */
  @IsOptional() @IsObject() answers?: Record<string, unknown>;
  @Checkbox() @Equals(true, { message: 'booking.details.errors.terms' }) terms: boolean;
  @IsString() @MaxLength(20) termsVersion: string;
  @IsUUID('loose') @IdempotencyKey() idempotencyKey: string;
}
