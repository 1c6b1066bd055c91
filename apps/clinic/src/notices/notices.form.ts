import { IsIn, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { type BulkDecision, type InformedHow, informedHows } from '#libs/notifications';
import { WholeNumber } from '#libs/web';

export class UnreachedQuery {
  /** Where the page before ended: whether it is past, the visit's moment and the appointment. */
  @IsOptional()
  @Matches(/^[01],\d{4}-\d\d-\d\dT[\d:.]{8,12}Z,[\da-f-]{36}$/)
  after?: string;

  /** What patients did themselves, instead of what they have to hear of. */
  @IsOptional()
  @IsIn(['patients'])
  by?: 'patients';
}

export class InformedForm {
  @IsUUID('loose')
  eventId: string;

  @IsIn(informedHows)
  how: InformedHow;

  @IsOptional()
  @IsString()
  @MaxLength(300)
  returnTo?: string;
}

export class AgainForm {
  @IsUUID('loose')
  noticeId: string;

  @IsOptional()
  @IsString()
  @MaxLength(300)
  returnTo?: string;
}

export class DecisionForm {
  @IsIn(['approved', 'rejected'])
  decision: BulkDecision;

  /** As people copy it: `123 456`; only of whoever decides alone. */
  @IsOptional()
  @IsString()
  @MaxLength(20)
  code?: string;
}

export class LimitForm {
  @WholeNumber()
  @Min(1)
  @Max(10_000)
  perHour: number;
}
