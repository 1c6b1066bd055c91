import { Module } from '@nestjs/common';
import { DueReadings } from './due-readings.js';

/** All that a public app needs to hear that a calendar changed. */
@Module({ providers: [DueReadings], exports: [DueReadings] })
export class BusyHintsModule {}
