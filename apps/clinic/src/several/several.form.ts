import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { type ReasonCode, reasonCodes, type UntoldCode, untoldCodes } from '#libs/appointments';
import { IdempotencyKey, Several, WholeNumber } from '#libs/web';
import { seenPattern } from '../seen.js';

/** So many visits are changed at once. */
export const mostAtOnce = 50;

const seen = new RegExp(`^${seenPattern}$`);

/** Which visits are changed: `ids=a,b` as a script writes it, or `ids=a&ids=b` as ticked boxes do. */
export class SeveralQuery {
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    [value]
      .flat()
      .flatMap((each) => (typeof each === 'string' ? each.split(',') : []))
      .filter(Boolean),
  )
  @IsUUID('all', { each: true })
  @ArrayMaxSize(1000)
  ids?: string[];

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  returnTo?: string;
}

class WayBackForm {
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  returnTo?: string;

  @IdempotencyKey()
  idempotencyKey: string;
}

/** What is taken back, as it stands now: as many as were changed at once, also where requests are answered. */
export class UndoSeveralForm extends WayBackForm {
  /** `<id>:<version>` */
  @IsOptional()
  @Several()
  @Matches(seen, { each: true })
  @ArrayMaxSize(500)
  chosen?: string[];
}

/** What happens to all of them. */
export class SeveralForm extends WayBackForm {
  /** `<id>:<version>` of each that was chosen, as it was seen. */
  @IsOptional()
  @Several()
  @Matches(seen, { each: true })
  @ArrayMaxSize(mostAtOnce)
  chosen?: string[];

  @IsIn(['move', 'shift', 'cancel'])
  what: 'move' | 'shift' | 'cancel';

  /** Whose column they move to, at the times that they have. */
  @IsOptional()
  @IsUUID()
  to?: string;

  /** Later by so many days of the branch's calendar; negative: earlier. */
  @IsOptional()
  @WholeNumber()
  @Min(-366)
  @Max(366)
  days?: number;

  /** Later by so many minutes; negative: earlier. */
  @IsOptional()
  @WholeNumber()
  @Min(-1440)
  @Max(1440)
  minutes?: number;

  @IsOptional()
  @IsIn(reasonCodes)
  reason?: ReasonCode;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;

  /** Why the portal does not tell the patients; left out: it does. */
  @IsOptional()
  @IsIn(untoldCodes)
  untold?: UntoldCode;
}
