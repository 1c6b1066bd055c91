import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CLOCK, type Clock, systemClock } from './clock.js';
import { Database } from './database.js';
import { dataSourceOptions, type EntityClass, type MigrationClass } from './data-source.js';
import { environment } from './environment.js';
import { HealthController } from './health.controller.js';
import { Hints } from './hints.js';
import { Jobs } from './jobs.js';
import { SCHEMA_VERSION } from './schema-version.js';
import { Turns } from './turns.js';

/** What every process has: the clock, the database, jobs, health and metrics. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(settings: {
    name: string;
    entities: readonly EntityClass[];
    migrations: readonly MigrationClass[];
  }): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            ...dataSourceOptions({
              url: environment().databaseUrl,
              entities: settings.entities,
              poolSize: environment().databasePoolSize,
              name: settings.name,
            }),
            retryAttempts: 3,
            retryDelay: 1_000,
          }),
        }),
      ],
      controllers: [HealthController],
      providers: [
        { provide: CLOCK, useFactory: (): Clock => systemClock(environment().clockOffsetMs) },
        { provide: SCHEMA_VERSION, useValue: settings.migrations.at(-1)?.name ?? '' },
        Hints,
        Database,
        Jobs,
        Turns,
      ],
      exports: [CLOCK, Database, Hints, Jobs, Turns],
    };
  }
}
