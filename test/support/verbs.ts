import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { accessEntities, type Actor } from '#libs/access';
import { appointmentsEntities, AppointmentsModule, requestOf, type Request } from '#libs/appointments';
import { calendarsEntities, CalendarsModule } from '#libs/calendars';
import { importsEntities, ImportsModule } from '#libs/imports';
import { peopleEntities } from '#libs/people';
import { CLOCK, PlatformModule } from '#libs/platform';
import { waitingListEntities, WaitingListModule } from '#libs/waiting-list';
import { migrations } from '../../migrations/index.js';
import { queuePatiently, type TestDatabase } from './database.js';

/** The moment, as a story sets it. */
export class StoryClock {
  constructor(private moment: Temporal.Instant) {}
  now(): Temporal.Instant {
    return this.moment;
  }
  is(text: string): void {
    this.moment = Temporal.Instant.from(text);
  }
  passes(duration: Temporal.DurationLike): void {
    this.moment = this.moment.add(duration);
  }
}

export interface Verbs {
  clock: StoryClock;
  get<T>(verb: Type<T>): T;
  close(): Promise<void>;
}

/** The verbs without any web around them, on a story's own database and clock. */
export async function verbsOn(database: TestDatabase, now: string): Promise<Verbs> {
  process.env['DATABASE_URL'] = database.appUrl;
  process.env['SECRET_KEYS'] ??= 'story-key-story-key-story-key-story-key';
  process.env['LOG_LEVEL'] ??= 'silent';
  const clock = new StoryClock(Temporal.Instant.from(now));
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.forRoot({
        name: 'story',
        entities: [
          ...accessEntities,
          ...peopleEntities,
          ...calendarsEntities,
          ...appointmentsEntities,
          ...importsEntities,
          ...waitingListEntities,
        ],
        migrations,
      }),
      CalendarsModule,
      AppointmentsModule,
      ImportsModule,
      WaitingListModule,
    ],
  })
    .overrideProvider(CLOCK)
    .useValue(clock)
    .compile();
  queuePatiently(module.get(DataSource, { strict: false }));
  module.enableShutdownHooks();
  const context: INestApplicationContext = await module.init();
  return { clock, get: (verb) => context.get(verb, { strict: false }), close: () => context.close() };
}

/** A request that comes for the first time. */
export const aRequest = (actor: Actor, endpoint = 'story', key: string = randomUUID(), asked: unknown = key): Request =>
  requestOf(actor, endpoint, key, asked);

export const asGuest = (accountId: string): Actor => ({ kind: 'guest', accountId, sessionId: randomUUID() });

export const asStaff = (clinicId: string, staff: { accountId: string; staffMemberId: string }): Actor => ({
  kind: 'staff',
  ...staff,
  clinicId,
  sessionId: randomUUID(),
  role: 'registrar',
  practitionerId: null,
  practitionerIds: [],
  branchIds: null,
  name: 'Ilze Kalniņa',
});
