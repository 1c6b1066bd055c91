import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { IdempotencyKey, IsDay } from '#libs/web';

export class IllForm {
  @IsUUID('loose')
  practitioner: string;

  @IsIn(['today', 'tomorrow', 'days'])
  when: 'today' | 'tomorrow' | 'days';

  @IsOptional()
  @IsDay()
  first?: string;

  @IsOptional()
  @IsDay()
  last?: string;

  @IsDay()
  answerDay: string;

  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'time' })
  answerTime: string;

  @IdempotencyKey()
  idempotencyKey: string;
}

export class AcceptForm {
  @IsUUID('loose')
  offer: string;

  @IdempotencyKey()
  idempotencyKey: string;
}
