import { Module } from '@nestjs/common';
import { BusyHintsModule } from '#libs/calendar-sync';
import { GoogleHookController } from './google.controller.js';

/** What Google calls. */
@Module({ imports: [BusyHintsModule], controllers: [GoogleHookController] })
export class GoogleHookModule {}
