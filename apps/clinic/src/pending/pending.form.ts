import { ArrayMaxSize, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { type ReasonCode, reasonCodes } from '#libs/appointments';
import { IdempotencyKey, IsDay, Several } from '#libs/web';

/** Which requests are shown; also carried by the form, so that the answer shows the same ones. */
export class PendingQuery {
  @IsOptional()
  @IsUUID()
  branch?: string;

  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;
}

const seen = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:\d{1,9}$/;

/** Confirm or reject those that are chosen, each as its version was seen. */
export class DecideForm extends PendingQuery {
  /** What the button at the end says; a row's own button says `one` instead. */
  @IsOptional()
  @IsIn(['confirm', 'reject'])
  decision?: 'confirm' | 'reject';

  /** `confirm:<id>:<version>` of the row whose button was pressed. */
  @IsOptional()
  @Matches(/^confirm:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:\d{1,9}$/)
  one?: string;

  /** `<id>:<version>` of each row that is ticked. */
  @IsOptional()
  @Several()
  @Matches(seen, { each: true })
  @ArrayMaxSize(500)
  chosen?: string[];

  @IsOptional()
  @IsIn(reasonCodes)
  reason?: ReasonCode;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;

  @IdempotencyKey()
  idempotencyKey: string;
}
