import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  Equals,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { fewestTogether, mostTogether } from '#libs/appointments';
import { personCodeCountries, type PersonCodeCountry } from '#libs/people';
import { Checkbox, IdempotencyKey, IsDay, IsMoment, WholeNumber } from '#libs/web';

/** Which visits, for how many: what the address bar holds. */
export class FamilyQuery {
  @IsUUID('loose') calendar: string;
  @IsUUID('loose') service: string;
  @IsOptional() @IsIn(['state', 'paid']) payer?: 'state' | 'paid';
  @IsOptional() @WholeNumber() @Min(fewestTogether) @Max(mostTogether) people?: number;
  /** The first day that is shown. */
  @IsOptional() @IsDay() day?: string;
}

/** The first start of a run that was chosen. */
export class RunForm {
  @IsUUID('loose') calendarId: string;
  @IsUUID('loose') serviceId: string;
  @IsOptional() @IsIn(['state', 'paid']) payer?: 'state' | 'paid';
  @WholeNumber() @Min(fewestTogether) @Max(mostTogether) people: number;
  @IsMoment() start: string;
}

const isNew = ({ who }: PersonForm): boolean => who === 'new';

/** Who comes to one of the visits. */
export class PersonForm {
  /** A patient of the account by id, or `new`. */
  @Matches(/^(?:new|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, { message: 'choice' }) who: string;
  @ValidateIf(isNew) @IsString() @MaxLength(100) givenName?: string;
  @ValidateIf(isNew) @IsString() @MaxLength(100) familyName?: string;
  @IsOptional() @IsIn(personCodeCountries) personCodeCountry?: PersonCodeCountry;
  @IsOptional() @IsString() @MaxLength(30) personCode?: string;
  @IsOptional() @IsString() @MaxLength(10) birthDate?: string;
}

/** Everybody who comes, how to reach them, and that the terms are agreed to. */
export class PeopleForm {
  @IsArray()
  @ArrayMinSize(fewestTogether)
  @ArrayMaxSize(mostTogether)
  @ValidateNested({ each: true })
  @Type(() => PersonForm)
  people: PersonForm[];
  @IsOptional() @IsString() @MaxLength(254) email?: string;
  @IsString() @MaxLength(40) phone: string;
  /** To be reminded by SMS. */
  @Checkbox() sms: boolean;
  @Checkbox() @Equals(true, { message: 'booking.details.errors.terms' }) terms: boolean;
  @IsString() @MaxLength(20) termsVersion: string;
  @IsUUID('loose') @IdempotencyKey() idempotencyKey: string;
}

/** The page of runs with some of the choice. */
export const familyPath = (choice: {
  calendar: string;
  service: string;
  payer?: string | undefined;
  people?: number | undefined;
  day?: string | undefined;
}): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(choice)) if (value !== undefined) query.set(name, String(value));
  return `/family?${query}`;
};
