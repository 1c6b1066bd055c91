import { ArrayMaxSize, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { Checkbox, IsDay, Several, WholeNumber } from '#libs/web';
import { type Step, steps } from './day.query.js';

/** What the reader keeps of how they see the calendar; what is not sent stays as it was. */
export class ViewForm {
  @IsUUID()
  branch: string;

  /** The day that is looked at, to come back to. */
  @IsOptional()
  @IsDay()
  day?: string;

  @IsOptional()
  @IsIn(['', '/week', '/month'])
  view?: '' | '/week' | '/month';

  @IsOptional()
  @IsUUID()
  who?: string;

  /** Whether the form held the columns and the specialty. */
  @Checkbox()
  filters: boolean;

  @IsOptional()
  @Several()
  @IsUUID('all', { each: true })
  @ArrayMaxSize(300)
  practitioners?: string[];

  @IsOptional()
  @Matches(/^[\w.-]{1,60}$/)
  specialty?: string;

  @IsOptional()
  @WholeNumber()
  @IsIn(steps)
  step?: Step;
}
