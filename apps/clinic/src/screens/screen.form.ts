import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { type Language, languages } from '#libs/platform';
import { Checkbox, Several, WholeNumber } from '#libs/web';

/** What an admin says of a screen in a waiting room. */
export class ScreenForm {
  /** What a new one will be known by, so that sending the form twice adds one. */
  @IsOptional()
  @IsUUID()
  newId?: string;

  @IsString()
  @MaxLength(100)
  name: string;

  @IsUUID('all', { message: 'choice' })
  branchId: string;

  /** The language that stands first and biggest. */
  @IsIn(languages, { message: 'choice' })
  language: Language;

  @IsOptional()
  @Several()
  @IsArray()
  @ArrayMaxSize(4)
  @IsIn(languages, { each: true, message: 'choice' })
  others?: Language[];

  /** None: everybody of the branch. */
  @IsOptional()
  @Several()
  @IsArray()
  @ArrayMaxSize(200)
  @IsUUID('all', { each: true, message: 'choice' })
  resources?: string[];

  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(60)
  calledMinutes: number;

  @Checkbox()
  sound: boolean;
}
