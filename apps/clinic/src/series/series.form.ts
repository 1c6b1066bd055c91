import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { mostOfSeries, type ReasonCode, reasonCodes } from '#libs/appointments';
import { idPattern } from '#libs/platform';
import { Checkbox, IdempotencyKey, IsDay, IsWallTime, WholeNumber } from '#libs/web';

/** Who it is for: what was typed to find them, or whom they found. */
export class FindForm {
  @IsOptional() @IsString() @MaxLength(200) q?: string;
}

export class ForForm {
  @IsUUID('loose') patientId: string;
}

/** Which service of which calendar, from when on and how often. */
export class PlanForm extends ForForm {
  @Matches(new RegExp(`^${idPattern}\\|${idPattern}$`), { message: 'choice' }) offer: string;
  @IsDay() first: string;
  @IsWallTime() time: string;
  @WholeNumber() @Min(1) @Max(60) every: number;
  @IsIn(['days', 'weeks']) unit: 'days' | 'weeks';
  /** ISO weekdays, from checkboxes or, carried on, in one field with commas. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => [value].flat().flatMap((each) => String(each).split(',')))
  @IsArray()
  @ArrayMaxSize(7)
  @Matches(/^[1-7]$/, { each: true, message: 'choice' })
  weekdays?: string[];
  @WholeNumber() @Min(1) @Max(mostOfSeries) count: number;
}

/** The plan with what was chosen for each of its dates. */
export class SeriesForm extends PlanForm {
  /** By the number of the date, as `d3`: an instant, or `skip`. */
  @IsObject() dates: Record<string, unknown>;
  @IsOptional() @IsString() @MaxLength(40) phone?: string;
  @IsOptional() @IsEmail() @MaxLength(254) email?: string;
  /** The patient wishes to be reminded by SMS. */
  @Checkbox() sms: boolean;
  @IsIn(['phone', 'desk', 'email']) origin: 'phone' | 'desk' | 'email';
  /** They have read what speaks against the booking. */
  @Checkbox() acknowledged: boolean;
  @IdempotencyKey() idempotencyKey: string;
}

/** Why what is left of a series is cancelled. */
export class EndForm {
  @IsIn(reasonCodes) reason: ReasonCode;
  @IsOptional() @IsString() @MaxLength(500) note?: string;
  @IdempotencyKey() idempotencyKey: string;
}
