import { Type } from 'class-transformer';
import { IsEmail, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, ValidateNested } from 'class-validator';
import { idPattern } from '#libs/platform';
import {
  type Channel,
  channels,
  type EndedReason,
  endedReasons,
  type EntryState,
  entryStates,
  type StaffChannel,
  staffChannels,
} from '#libs/waiting-list';
import { IdempotencyKey, IsDay, IsWallTime, SeenVersion } from '#libs/web';
import { NewPatient } from '../book/new-patient.form.js';

/** Which entries the list shows. */
export class WaitingQuery {
  @IsOptional()
  @IsIn(entryStates)
  state?: EntryState;

  @IsOptional()
  @IsUUID()
  branch?: string;

  @IsOptional()
  @IsUUID()
  practitioner?: string;

  @IsOptional()
  @IsUUID()
  service?: string;

  @IsOptional()
  @IsIn(channels)
  channel?: Channel;

  /** Only what was not answered in time. */
  @IsOptional()
  @IsIn(['on'])
  late?: 'on';

  /** The last entry of the page before. */
  @IsOptional()
  @IsUUID('loose')
  after?: string;
}

export class WhoForm {
  /** A name, a person code or a telephone number. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;
}

/** A wish as the desk writes it down. */
export class RegisterForm extends WhoForm {
  @IsOptional()
  @IsUUID('loose')
  patientId?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => NewPatient)
  patient?: NewPatient;

  @IsIn(staffChannels)
  channel: StaffChannel;

  /** When the e-mail came in, by the branch's clock. */
  @IsOptional()
  @IsDay()
  receivedDay?: string;

  @IsOptional()
  @IsWallTime()
  receivedTime?: string;

  /** `<service>|<payer>`. */
  @Matches(new RegExp(`^${idPattern}\\|(state|paid)$`), { message: 'choice' })
  wanted: string;

  @IsUUID('loose')
  branch: string;

  @IsOptional()
  @IsUUID('loose')
  practitioner?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;

  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  email?: string;

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  wish?: string;

  @IdempotencyKey()
  idempotencyKey: string;
}

/** Whom step one, or a booking that found no time, has chosen; the wish itself is not filled in yet. */
export class ChosenForm extends WhoForm {
  @IsOptional()
  @IsUUID('loose')
  patientId?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => NewPatient)
  patient?: NewPatient;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;

  @IsOptional()
  @IsString()
  @MaxLength(254)
  email?: string;
}

class SeenEntry {
  @SeenVersion()
  version: number;

  @IdempotencyKey()
  idempotencyKey: string;
}

export class AnswerForm extends SeenEntry {
  @IsIn(staffChannels)
  toldBy: StaffChannel;
}

export class WithdrawForm extends SeenEntry {
  @IsIn(endedReasons)
  reason: EndedReason;
}
