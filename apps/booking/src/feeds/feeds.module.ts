import { Module } from '@nestjs/common';
import { FeedsModule as Feeds } from '#libs/calendar-sync';
import { FeedsController } from './feeds.controller.js';

/** Calendars that programs read. */
@Module({ imports: [Feeds], controllers: [FeedsController] })
export class FeedsModule {}
