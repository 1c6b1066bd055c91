import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { IsWallTime, WholeNumber } from '#libs/web';

/** What the lists of the page offer: elapsed hours up to twelve, then days of the calendar. */
export const choosable = [
  '1h',
  '2h',
  '3h',
  '4h',
  '6h',
  '12h',
  '1d',
  '2d',
  '3d',
  '4d',
  '5d',
  '7d',
  '10d',
  '14d',
  '30d',
] as const;
export const choosableMonths = ['2', '3', '4', '6', '9', '12'] as const;

/** One reminder before the visit; left out: there is none. */
export class OffsetRow {
  @IsOptional() @IsIn(choosable, { message: 'choice' }) when?: (typeof choosable)[number];
  /** Only with days; left out: at the time of the visit. */
  @IsOptional() @IsWallTime() at?: string;
}

export class RemindersForm {
  @IsOptional() @IsArray() @ArrayMaxSize(3) @ValidateNested({ each: true }) @Type(() => OffsetRow) sms?: OffsetRow[];
  @IsOptional() @IsArray() @ArrayMaxSize(3) @ValidateNested({ each: true }) @Type(() => OffsetRow) mail?: OffsetRow[];
  @IsWallTime() quietFrom: string;
  @IsWallTime() quietTo: string;
  @WholeNumber() @Min(0) @Max(72) letterHours: number;
  /** Left out: nobody is told a month before. */
  @IsOptional() @IsIn(choosableMonths, { message: 'choice' }) queueMonths?: string;
}
