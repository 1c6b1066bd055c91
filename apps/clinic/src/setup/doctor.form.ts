import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsDay, Several } from '#libs/web';
import { LongWords, ShortWords } from './form-parts.js';

/** Languages that people ask for at a reception here; the portal's own first. */
export const spoken = ['lv', 'et', 'en', 'ru', 'lt', 'fi', 'de', 'pl', 'uk', 'sv', 'fr', 'es', 'it'] as const;

/** What only this clinic says of a practitioner. */
export class RoleForm {
  @IsDay() activeFrom: string;
  @IsOptional() @ValidateNested() @Type(() => ShortWords) restrictions?: ShortWords;
}

export class DoctorForm extends RoleForm {
  @IsString() @Length(1, 100) givenName: string;
  @IsString() @Length(1, 100) familyName: string;
  @IsOptional() @ValidateNested() @Type(() => ShortWords) title?: ShortWords;
  @IsOptional()
  @Several()
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  specialties?: string[];
  @IsOptional() @Several() @IsArray() @ArrayMaxSize(20) @IsIn(spoken, { each: true }) languages?: string[];
  @IsOptional() @ValidateNested() @Type(() => LongWords) about?: LongWords;
  /** Of a new one: that nobody who is called so is meant. */
  @IsOptional() @IsIn(['yes']) isOther?: 'yes';
}

/** Somebody who has a card at another clinic. */
export class AddForm {
  @IsUUID('loose') practitioner: string;
  @IsDay() activeFrom: string;
}

export class EndForm {
  @IsDay() lastDay: string;
}
