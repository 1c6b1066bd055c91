import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { longestRoom, type UntoldCode, untoldCodes } from '#libs/appointments';
import { ConfirmForm } from './decide.form.js';

/** Another room for one visit; empty: the usual one. */
export class RoomForm extends ConfirmForm {
  @IsOptional()
  @IsString()
  @MaxLength(longestRoom)
  room?: string;

  /** Why the portal does not tell the patient; left out: it does. */
  @IsOptional()
  @IsIn(untoldCodes)
  untold?: UntoldCode;
}
