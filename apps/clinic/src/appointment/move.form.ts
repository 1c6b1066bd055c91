import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsDay, IsMoment, IsWallTime } from '#libs/web';
import { type ReasonCode, reasonCodes } from '#libs/appointments';
import { ConfirmForm } from './decide.form.js';

/** What the move page shows: whose free times and from which day. */
export class MoveQuery {
  @IsOptional()
  @IsUUID()
  calendar?: string;

  @IsOptional()
  @IsDay()
  from?: string;
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

  @IsOptional()
  @IsIn(reasonCodes)
  reason?: ReasonCode;
}
