import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, Length, MaxLength, ValidateNested } from 'class-validator';
import { type Language, languages } from '#libs/platform';
import { IsDay } from '#libs/web';

class TypedCode {
  @IsIn(['LV', 'EE'])
  country: 'LV' | 'EE';

  @IsOptional()
  @IsString()
  @MaxLength(20)
  code?: string;
}

/** Somebody whom the clinic does not know yet. */
export class NewPatient {
  @IsString()
  @Length(1, 100)
  givenName: string;

  @IsString()
  @Length(1, 100)
  familyName: string;

  /** A person code or a birth date, as one types faster; or each by itself, below. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  identity?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => TypedCode)
  personCode?: TypedCode;

  @IsOptional()
  @IsDay()
  birthDate?: string;

  @IsIn(languages)
  language: Language;
}
