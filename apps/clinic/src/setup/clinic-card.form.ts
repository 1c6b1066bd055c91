import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Several } from '#libs/web';
import { LongWords, phonePattern } from './form-parts.js';

export class ClinicCardForm {
  @IsString() @Length(1, 200) name: string;
  /** As people copy it, with spaces; the country's rule is the verb's. */
  @Matches(/^[0-9 ]{1,20}$/, { message: 'setup.errors.digits' }) registrationNumber: string;
  @IsString() @Length(1, 300) address: string;
  @Matches(phonePattern, { message: 'phone' }) phone: string;
  @IsEmail() @MaxLength(254) email: string;
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true }, { message: 'setup.errors.website' })
  @MaxLength(300)
  website?: string;
  @IsOptional() @ValidateNested() @Type(() => LongWords) about?: LongWords;
  @IsOptional() @Several() @IsArray() @ArrayMaxSize(100) @IsString({ each: true }) insurers?: string[];
}
