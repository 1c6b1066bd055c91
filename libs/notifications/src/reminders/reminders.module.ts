import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { AppointmentsModule } from '#libs/appointments';
import { AnswerReminder } from './answer-reminder.js';
import { KeepReminderSettings } from './keep-reminder-settings.js';

const providers = [AnswerReminder, KeepReminderSettings];

/** What patients answer to reminders, and when a clinic sends them. Nothing is sent from here. */
@Module({ imports: [AccessModule, AppointmentsModule], providers, exports: providers })
export class RemindersModule {}
