import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { type ReasonCode, reasonCodes, type UntoldCode, untoldCodes } from '#libs/appointments';
import { IdempotencyKey, SeenVersion } from '#libs/web';

/** What every action on an appointment sends: the version that was seen, and where to go after. */
export class ConfirmForm {
  @SeenVersion()
  version: number;

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  returnTo?: string;

  @IdempotencyKey()
  idempotencyKey: string;
}

/** Cancelling and rejecting say why. */
export class ReasonForm extends ConfirmForm {
  @IsIn(reasonCodes)
  reason: ReasonCode;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;

  /** Why the portal does not tell the patient; left out: it does. */
  @IsOptional()
  @IsIn(untoldCodes)
  untold?: UntoldCode;
}
