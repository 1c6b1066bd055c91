import { IsIn, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsDay, IsMoment, IsWallTime, WholeNumber } from '#libs/web';
import {
  type OverrideReason,
  overrideReasons,
  type ReasonCode,
  reasonCodes,
  type UntoldCode,
  untoldCodes,
} from '#libs/appointments';
import { ConfirmForm } from './decide.form.js';

/** What the move page shows: whose free times and from which day. */
export class MoveQuery {
  @IsOptional()
  @IsUUID()
  calendar?: string;

  @IsOptional()
  @IsDay()
  from?: string;

  /** Where a drag was refused: whose column, where, and what the branch's clock shows there. */
  @IsOptional()
  @IsUUID('loose')
  resource?: string;

  @IsOptional()
  @IsUUID('loose')
  branch?: string;

  @IsOptional()
  @Matches(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d([+-]\d\d:\d\d)?$/)
  at?: string;

  @IsOptional()
  @WholeNumber()
  @Min(5)
  @Max(480)
  minutes?: number;
}

/** A move without a mouse: one of the listed times, or a calendar, a day and a time of the branch's clock. */
export class MoveForm extends ConfirmForm {
  /** `YYYY-MM-DDTHH:MM:SSZ` of the time whose button was pressed. */
  @IsOptional()
  @IsMoment()
  start?: string;

  @IsUUID()
  calendar: string;

  @IsOptional()
  @IsDay()
  day?: string;

  @IsOptional()
  @IsWallTime()
  time?: string;

  /** Why the time below is taken although it is not free or not open. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  override?: string;

  @IsOptional()
  @IsMoment()
  overrideStart?: string;

  /** What staff were warned of, as the page said it. */
  @IsOptional()
  @Matches(/^[a-z,-]{1,60}$/)
  overrideKinds?: string;

  @IsOptional()
  @IsIn(overrideReasons)
  overrideReason?: OverrideReason;

  @IsOptional()
  @IsIn(reasonCodes)
  reason?: ReasonCode;

  /** How long the visit lasts from now on. */
  @IsOptional()
  @WholeNumber()
  @Min(5)
  @Max(480)
  minutes?: number;

  /** Why the portal does not tell the patient; left out: it does. */
  @IsOptional()
  @IsIn(untoldCodes)
  untold?: UntoldCode;
}
