import { Module } from '@nestjs/common';
import { InboxModule } from '#libs/notifications';
import { PlatformModule } from '#libs/platform';
import { WebModule } from '#libs/web';
import { migrations } from '../../../migrations/index.js';
import { ApiModule } from './api/api.module.js';
import { ApiDescriptionModule } from './api/api-description.module.js';
import { bookingEntities } from './booking-entities.js';
import { FeedsModule } from './feeds/feeds.module.js';
import { GoogleHookModule } from './hooks/google-hook.module.js';
import { MailHookModule } from './hooks/mail-hook.module.js';
import { SmsHookModule } from './hooks/sms-hook.module.js';
import { BookingChrome } from './pages/booking-chrome.js';
import { PagesModule } from './pages/pages.module.js';
import { SignInModule } from './sign-in/sign-in.module.js';

/** The public app: pages, the patient's area and the JSON API. */
@Module({
  imports: [
    PlatformModule.forRoot({ name: 'pieraksts-booking', entities: bookingEntities, migrations }),
    WebModule.forApp({ chrome: BookingChrome, imports: [InboxModule] }),
    ApiModule,
    ApiDescriptionModule,
    GoogleHookModule,
    MailHookModule,
    SmsHookModule,
    SignInModule,
    PagesModule,
    FeedsModule,
  ],
})
export class BookingModule {}
