import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { AnswersOfClinic } from './answers-of-clinic.js';
import { MarkAnswerSeen } from './mark-answer-seen.js';

/** What came back, for whoever looks at it. */
@Module({
  imports: [AccessModule],
  providers: [AnswersOfClinic, MarkAnswerSeen],
  exports: [AnswersOfClinic, MarkAnswerSeen],
})
export class AnswersModule {}
