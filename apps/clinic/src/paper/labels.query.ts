import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { WholeNumber } from '#libs/web';
import { DayQuery } from '../calendar/day.query.js';
import { type LabelSheetName, labelSheetNames } from './label-sheets.js';

/** Whose labels are printed, on what, beginning where. Without `ids` the day's of a branch. */
export class LabelsQuery extends DayQuery {
  /** Parted by commas or sent one by one; 100 at most. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    [value].flat().flatMap((each) => (typeof each === 'string' ? each.split(',').filter(Boolean) : [])),
  )
  @IsArray()
  @IsUUID('all', { each: true })
  @ArrayMaxSize(100)
  ids?: string[];

  @IsOptional()
  @IsIn(labelSheetNames)
  sheet?: LabelSheetName;

  /** The first free place of the first sheet, from 1. */
  @IsOptional()
  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(24)
  first?: number;
}
