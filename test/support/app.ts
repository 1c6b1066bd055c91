import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DataSource } from 'typeorm';
import { CLOCK } from '#libs/platform';
import { configureWebApp, webAppOptions } from '#libs/web';
import type { TestClock } from './clock.js';
import { queuePatiently, type TestDatabase } from './database.js';
import { freePort } from './free-port.js';

export type AppName = 'booking' | 'clinic' | 'worker';

export interface RunningApp {
  name: AppName;
  /** http://127.0.0.1:port */
  url: string;
  /** A provider of the app, by its class or token: to call a verb as its pages do. */
  get<Type>(token: (abstract new (...args: never[]) => Type) | symbol | string): Type;
  stop(): Promise<void>;
}

/** What the processes of one spec file share, as they would share an environment. */
export interface TestEnvironment {
  database: TestDatabase;
  smtpUrl?: string;
  /** More variables by their outside names, such as OIDC_PROVIDERS. */
  variables?: Record<string, string>;
}

/** Compiled, as this file is: dist/apps. */
const appsFolder = join(import.meta.dirname, '..', '..', 'apps');

const portNames = { booking: 'BOOKING_PORT', clinic: 'CLINIC_PORT', worker: 'WORKER_PORT' } as const;

/**
 * Sets the environment that every app of this spec file will read. Call it once, in beforeAll and before `startApp`:
 * a process reads its environment once.
 */
export async function prepareEnvironment({ database, smtpUrl, variables = {} }: TestEnvironment): Promise<void> {
  const ports: Record<string, string> = {};
  for (const name of Object.values(portNames)) ports[name] = String(await freePort());
  Object.assign(process.env, {
    ...ports,
    NODE_ENV: 'test',
    BOOKING_URL: `http://127.0.0.1:${ports['BOOKING_PORT']}`,
    CLINIC_URL: `http://127.0.0.1:${ports['CLINIC_PORT']}`,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATABASE_DIRECT_URL: database.appUrl,
    DATABASE_POOL_SIZE: '20',
    SECRET_KEYS: 'a key for tests that guards nothing at all',
    LOG_LEVEL: 'silent',
    SMTP_URL: smtpUrl ?? 'smtp://127.0.0.1:9',
    ...variables,
  });
}

/**
 * Boots the real modules of an app with the test's clock, on the port that the environment names or, as a second copy of
 * the app, on another free one.
 */
export async function startApp(
  name: AppName,
  { clock, isCopy = false }: { clock: TestClock; isCopy?: boolean },
): Promise<RunningApp> {
  const testing = await Test.createTestingModule({ imports: [await moduleOf(name)] })
    .overrideProvider(CLOCK)
    .useValue(clock)
    .compile();
  queuePatiently(testing.get(DataSource, { strict: false }));
  const port = isCopy ? await freePort() : Number(process.env[portNames[name]]);
  const app = testing.createNestApplication<NestExpressApplication>({ ...webAppOptions, logger: false });
  if (name === 'worker') app.enableShutdownHooks();
  else configureWebApp(app, { app: name });
  if (name === 'booking') await describeApi(app);
  // The client leaves first: a connection that the server closes while the next request is on its way is a reset one.
  app.getHttpServer().keepAliveTimeout = 0;
  await app.listen(port, '127.0.0.1');
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    get: (token) => app.get(token as never, { strict: false }),
    stop: () => app.close(),
  };
}

/** As `createBookingApp` does after the rest is configured. */
async function describeApi(app: NestExpressApplication): Promise<void> {
  const file = join(appsFolder, 'booking', 'src', 'api', 'api-description.js');
  const { ApiDescription } = (await import(pathToFileURL(file).href)) as Record<
    string,
    new () => { describes(app: object): void }
  >;
  if (ApiDescription) app.get(ApiDescription).describes(app);
}

/** The root module stands in `<app>.module.ts` and is its only module class. */
async function moduleOf(name: AppName): Promise<new () => object> {
  const file = join(appsFolder, name, 'src', `${name}.module.js`);
  const exported = (await import(pathToFileURL(file).href)) as Record<string, new () => object>;
  const className = `${name[0]?.toUpperCase()}${name.slice(1)}Module`;
  const module = exported[className];
  if (!module) throw new Error(`${file} exports no ${className}`);
  return module;
}
