import { Module } from '@nestjs/common';
import { AnswersModule, NoticeDeskModule, TextsModule } from '#libs/notifications';
import { NoticesWaiting } from './notices-waiting.js';

/** What waits on the pages about notices, for these pages and for the navigation around every page. */
@Module({
  imports: [AnswersModule, NoticeDeskModule, TextsModule],
  providers: [NoticesWaiting],
  exports: [NoticesWaiting],
})
export class NoticesWaitingModule {}
