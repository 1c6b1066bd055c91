import { pino } from 'pino';
import { environment } from './environment.js';

/** The only fields a log line may have: no person's data can slip in under another name (promise 9). */
export interface LogFields {
  event: string;
  app?: string;
  requestId?: string;
  method?: string;
  route?: string;
  status?: number;
  milliseconds?: number;
  code?: string;
  constraint?: string;
  job?: string;
  jobId?: string;
  appointmentId?: string;
  noticeId?: string;
  count?: number;
  port?: number;
  attempt?: number;
  error?: string;
  stack?: string;
}

const allowed: ReadonlySet<string> = new Set<keyof LogFields>([
  'event',
  'app',
  'requestId',
  'method',
  'route',
  'status',
  'milliseconds',
  'code',
  'constraint',
  'job',
  'jobId',
  'appointmentId',
  'noticeId',
  'count',
  'port',
  'attempt',
  'error',
  'stack',
]);

let pinoLog: pino.Logger | undefined;
const writer = (): pino.Logger =>
  (pinoLog ??= pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime, level: environment().logLevel }));

const clean = (fields: LogFields): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => allowed.has(name)));

/** One JSON line each, in UTC, with allow-listed fields. */
export const log = {
  info: (fields: LogFields): void => writer().info(clean(fields)),
  warn: (fields: LogFields): void => writer().warn(clean(fields)),
  error: (fields: LogFields): void => writer().error(clean(fields)),
};

/**
 * What may be said of a thrown thing: its kind, its SQLSTATE and where, never its message or parameters, because a
 * database's message quotes values.
 */
export function describeError(thrown: unknown): Pick<LogFields, 'error' | 'code' | 'constraint' | 'stack'> {
  if (!(thrown instanceof Error)) return { error: typeof thrown };
  const driver = 'driverError' in thrown ? (thrown.driverError as { code?: string; constraint?: string }) : undefined;
  const code = driver?.code ?? ('code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined);
  return {
    error: thrown.name,
    ...(code && { code }),
    ...(driver?.constraint && { constraint: driver.constraint }),
    stack: (thrown.stack ?? '')
      .split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .slice(0, 12)
      .join(' <'),
  };
}
