import { Module } from '@nestjs/common';
import { AccessModule, accessEntities } from '#libs/access';
import { AppointmentsModule, appointmentsEntities } from '#libs/appointments';
import { BusyModule, calendarSyncEntities, CalendarSyncModule } from '#libs/calendar-sync';
import { CalendarsModule, calendarsEntities } from '#libs/calendars';
import { importsEntities, ImportsModule } from '#libs/imports';
import { NotificationsModule, notificationsEntities } from '#libs/notifications';
import { peopleEntities } from '#libs/people';
import { JobReader, PlatformModule } from '#libs/platform';
import { profilesEntities } from '#libs/profiles';
import { migrations } from '../../../migrations/index.js';
import { Reactions } from './reactions.js';
import { Rounds } from './rounds.js';

const entities = [
  ...accessEntities,
  ...appointmentsEntities,
  ...calendarsEntities,
  ...calendarSyncEntities,
  ...importsEntities,
  ...notificationsEntities,
  ...peopleEntities,
  ...profilesEntities,
];

/** The only process that sends: what follows from jobs, and what happens by the clock. */
@Module({
  imports: [
    PlatformModule.forRoot({ name: 'pieraksts-worker', entities, migrations }),
    AccessModule,
    AppointmentsModule,
    BusyModule,
    CalendarsModule,
    CalendarSyncModule,
    ImportsModule,
    NotificationsModule,
  ],
  providers: [JobReader, Reactions, Rounds],
})
export class WorkerModule {}
