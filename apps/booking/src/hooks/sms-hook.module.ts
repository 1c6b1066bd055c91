import { Module } from '@nestjs/common';
import { TextsModule } from '#libs/notifications';
import { ShortAddressController } from './short-address.controller.js';
import { SmsController } from './sms.controller.js';

/** What the SMS gateway calls, and the short address that stands in messages. */
@Module({ imports: [TextsModule], controllers: [SmsController, ShortAddressController] })
export class SmsHookModule {}
