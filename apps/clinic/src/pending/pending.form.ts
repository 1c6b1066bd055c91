import { ArrayMaxSize, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { type ReasonCode, reasonCodes, type UntoldCode, untoldCodes } from '#libs/appointments';
import { idPattern } from '#libs/platform';
import { IdempotencyKey, IsDay, Several } from '#libs/web';
import { seenPattern } from '../seen.js';

const moment = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z`;

/** Which requests are shown; also carried by the form, so that the answer shows the same ones. */
export class PendingQuery {
  @IsOptional()
  @IsUUID()
  branch?: string;

  /** A practitioner, room or device. */
  @IsOptional()
  @IsUUID()
  practitioner?: string;

  @IsOptional()
  @IsDay()
  from?: string;

  @IsOptional()
  @IsDay()
  to?: string;

  /** `after:<asked at>:<id>` or `before:…`, the request at the edge of the page that was left. */
  @IsOptional()
  @Matches(new RegExp(`^(after|before):${moment}:${idPattern}$`))
  page?: string;
}

const seen = new RegExp(`^${seenPattern}$`);

/** Confirm or reject those that are chosen, each as its version was seen. */
export class DecideForm extends PendingQuery {
  /** What the button at the end says; a row's own button says `one` instead. */
  @IsOptional()
  @IsIn(['confirm', 'reject'])
  decision?: 'confirm' | 'reject';

  /** `confirm:<id>:<version>` of the row whose button was pressed. */
  @IsOptional()
  @Matches(new RegExp(`^confirm:${seenPattern}$`))
  one?: string;

  /** `<id>:<version>` of each row that is ticked. */
  @IsOptional()
  @Several()
  @Matches(seen, { each: true })
  @ArrayMaxSize(100)
  chosen?: string[];

  @IsOptional()
  @IsIn(reasonCodes)
  reason?: ReasonCode;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;

  /** Why those who are rejected are not told by the portal; left out: it tells them. */
  @IsOptional()
  @IsIn(untoldCodes)
  untold?: UntoldCode;

  @IdempotencyKey()
  idempotencyKey: string;
}
