import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { AppointmentsModule } from '#libs/appointments';
import { FeedOfOwner } from './feed-of-owner.js';
import { OpenFeed } from './open-feed.js';
import { ReadFeed } from './read-feed.js';
import { StopFeed } from './stop-feed.js';

const providers = [FeedOfOwner, OpenFeed, ReadFeed, StopFeed];

/** Calendars that programs read at a secret address. */
@Module({ imports: [AccessModule, AppointmentsModule], providers, exports: providers })
export class FeedsModule {}
