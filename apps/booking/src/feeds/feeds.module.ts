import { Module } from '@nestjs/common';
import { FeedsModule as Feeds } from '#libs/calendar-sync';
import { FeedsController } from './feeds.controller.js';
import { MyFeedController } from './my-feed.controller.js';

/** Calendars that programs read, and where people get their addresses. */
@Module({ imports: [Feeds], controllers: [FeedsController, MyFeedController] })
export class FeedsModule {}
