import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsIn,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsWallTime, Several } from '#libs/web';
import { phonePattern } from './form-parts.js';

/** Degrees as people copy them from a map, with a point or a comma. */
const Degrees = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d{1,3}(?:[.,]\d{1,12})?$/.test(value) ? Number(value.replace(',', '.')) : value,
  );

/** The nearest provider that is open round the clock. */
class EmergencyForm {
  @IsString() @Length(1, 200) name: string;
  @IsString() @Length(1, 300) address: string;
  @Matches(phonePattern, { message: 'phone' }) phone: string;
}

/** When a specialty receives; a row without a specialty is an empty row of the form. */
export class ReceptionForm {
  @IsOptional() @IsString() @MaxLength(60) specialty?: string;
  @IsOptional()
  @Several()
  @IsArray()
  @ArrayMaxSize(7)
  @IsIn(['1', '2', '3', '4', '5', '6', '7'], { each: true })
  days?: string[];
  @IsOptional() @IsWallTime() from?: string;
  @IsOptional() @IsWallTime() to?: string;
}

export class BranchForm {
  @IsString() @Length(1, 200) name: string;
  @IsString() @Length(1, 100) city: string;
  @IsString() @Length(1, 200) address: string;
  @IsString() @Length(1, 20) postalCode: string;
  @IsOptional() @IsString() @MaxLength(50) room?: string;
  @IsIn(['Europe/Riga', 'Europe/Tallinn']) zone: 'Europe/Riga' | 'Europe/Tallinn';
  @Matches(phonePattern, { message: 'phone' }) phone: string;
  @IsOptional() @IsEmail() @MaxLength(254) email?: string;
  @IsOptional() @Degrees() @IsNumber({}, { message: 'number' }) @Min(-90) @Max(90) latitude?: number;
  @IsOptional() @Degrees() @IsNumber({}, { message: 'number' }) @Min(-180) @Max(180) longitude?: number;
  /** The place is the same, only spelt rightly now. */
  @IsOptional() @IsIn(['on']) mended?: 'on';
  @ValidateNested() @Type(() => EmergencyForm) emergency: EmergencyForm;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(120)
  @ValidateNested({ each: true })
  @Type(() => ReceptionForm)
  reception?: ReceptionForm[];
}
