import { Transform, Type } from 'class-transformer';
import { IsEmail, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, ValidateNested } from 'class-validator';
import { type OverrideReason, overrideReasons } from '#libs/appointments';
import { idPattern } from '#libs/platform';
import { Checkbox, IdempotencyKey, IsDay, IsMoment, IsWallTime, SeenVersion } from '#libs/web';
import { ReferralFields } from './conditions.form.js';
import { NewPatient } from './new-patient.form.js';

const offerPattern = `${idPattern}\\|${idPattern}`;

export const noticeWays = ['send', 'print', 'told'] as const;
export type NoticeWay = (typeof noticeWays)[number];

/** Where the booking began: an empty place in the calendar. */
export class WantedPlace {
  @IsOptional()
  @IsUUID()
  branch?: string;

  @IsOptional()
  @IsDay()
  day?: string;

  /** Whose column. */
  @IsOptional()
  @IsUUID()
  resource?: string;

  @IsOptional()
  @IsWallTime()
  time?: string;

  /** The entry of the waiting list that is booked. */
  @IsOptional()
  @IsUUID()
  waiting?: string;
}

export class FindPatientForm extends WantedPlace {
  /** Whatever somebody tells of themselves. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;
}

/** Who it is for and what is looked for; the same fields go from page to page in forms, never in the address. */
export class TimesForm extends WantedPlace {
  @IsOptional()
  @IsUUID()
  patientId?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => NewPatient)
  patient?: NewPatient;

  @IsOptional()
  @ValidateNested()
  @Type(() => ReferralFields)
  referral?: ReferralFields;

  /** Nobody of those who are like them. */
  @Checkbox()
  isNew: boolean;

  /** The page of times asks, so that what is empty on it was emptied. */
  @Checkbox()
  asked: boolean;

  /** They have read what speaks against the booking. */
  @Checkbox()
  acknowledged: boolean;

  /** A service or whoever gives it. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;

  @IsOptional()
  @IsIn(['state', 'paid'])
  payer?: 'state' | 'paid';

  @IsOptional()
  @IsDay()
  from?: string;

  /** Only this practitioner, room or device. */
  @IsOptional()
  @IsUUID()
  practitioner?: string;

  /** Only this branch. */
  @IsOptional()
  @IsUUID()
  place?: string;

  /** How the patient is told of the appointment: by the portal's letter, on paper, or by staff on the telephone. */
  @IsOptional()
  @IsIn(noticeWays)
  notice?: NoticeWay;

  @IsOptional()
  @IsIn(['phone', 'desk', 'email'])
  origin?: 'phone' | 'desk' | 'email';

  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;

  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  email?: string;

  /** The caller wishes to be reminded by SMS. */
  @Checkbox()
  sms: boolean;

  /** Any time, not only a listed one: an offer, a day and a time of the branch's clock. */
  @IsOptional()
  @Matches(new RegExp(`^${offerPattern}$`), { message: 'choice' })
  offer?: string;

  @IsOptional()
  @IsDay()
  onDay?: string;

  @IsOptional()
  @IsWallTime()
  atTime?: string;

  /** `<calendar>|<service>|<instant>` of the time whose button was pressed, or `offer` for the one above. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? (value as unknown[])[0] : value))
  @Matches(new RegExp(`^(offer|${offerPattern}\\|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)$`), { message: 'choice' })
  slot?: string;

  /** Why the time below is booked although it is not free or not open. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  override?: string;

  /** The start that was refused and that the reason is for; no other is overridden. */
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
  @IdempotencyKey()
  idempotencyKey?: string;
}

/** A booking that is taken back: the version that staff saw. */
export class UndoBookingForm {
  @SeenVersion()
  version: number;

  @IdempotencyKey()
  idempotencyKey: string;
}
