import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { priorities } from '#libs/appointments';
import { IsDay } from '#libs/web';

/** A referral as a visitor types it; the uploaded form comes beside it. */
export class ReferralForm {
  @IsOptional() @IsString() @MaxLength(80) number?: string;
  @IsDay() date: string;
  @IsOptional() @IsIn(priorities) priority?: string;
  @IsString() @MaxLength(200) name: string;
  @IsString() @MaxLength(200) institution: string;
  @IsOptional() @IsString() @MaxLength(40) phone?: string;
  @IsOptional() @IsString() @MaxLength(254) email?: string;
  /** The file's own field, which browsers send empty where nothing was chosen and scripts are off. */
  @IsOptional() @IsString() @MaxLength(1) form?: string;
}
