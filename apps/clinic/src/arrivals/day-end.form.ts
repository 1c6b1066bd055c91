import { ArrayMaxSize, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { idPattern } from '#libs/platform';
import { IdempotencyKey, IsDay, Several } from '#libs/web';
import { seenPattern } from '../seen.js';

/** Which day of which branch; left out: the newest with such visits. */
export class DayEndQuery {
  @IsOptional()
  @IsUUID()
  branch?: string;

  @IsOptional()
  @IsDay()
  day?: string;

  /** `<start>:<id>` of the last visit of the page that was left. */
  @IsOptional()
  @Matches(new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ:${idPattern}$`))
  after?: string;
}

/** Did not come, or was here: those that are ticked, or one row. */
export class DayEndForm extends DayEndQuery {
  /** `missed` or `was-here` for what is ticked; `missed:<id>:<version>` for one row. */
  @Matches(new RegExp(`^(missed|was-here)(:${seenPattern})?$`))
  decision: string;

  /** `<id>:<version>` of each row that is ticked. */
  @IsOptional()
  @Several()
  @Matches(new RegExp(`^${seenPattern}$`), { each: true })
  @ArrayMaxSize(100)
  chosen?: string[];

  @IdempotencyKey()
  idempotencyKey: string;
}

/** One button of a day's list: the next step of a visit. */
export class StepForm {
  /** `<step>:<id>:<version>` */
  @Matches(new RegExp(`^(arrive|admit|fulfil|miss):${seenPattern}$`))
  step: string;

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  returnTo?: string;

  @IdempotencyKey()
  idempotencyKey: string;
}
