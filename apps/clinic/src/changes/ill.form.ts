import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { IdempotencyKey, IsDay, IsWallTime } from '#libs/web';

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

  @IsWallTime()
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
