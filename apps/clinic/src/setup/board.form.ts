import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { phonePattern } from './form-parts.js';

/** One body that takes complaints; a row without a name is an empty row of the form. */
class ComplaintForm {
  @IsOptional() @IsString() @MaxLength(200) name?: string;
  @IsOptional() @Matches(phonePattern, { message: 'phone' }) phone?: string;
  @IsOptional() @IsEmail() @MaxLength(254) email?: string;
  @IsOptional() @IsString() @MaxLength(300) address?: string;
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true }, { message: 'setup.errors.website' })
  @MaxLength(300)
  website?: string;
}

export class BoardForm {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(12)
  @ValidateNested({ each: true })
  @Type(() => ComplaintForm)
  complaints?: ComplaintForm[];
}
