import 'reflect-metadata';
import { plainToInstance, Transform, Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
  validateSync,
} from 'class-validator';
import { readSmsGateway, type SmsGatewaySettings, smsGatewayProblems } from './sms-gateway.js';

/** One identity provider that patients may sign in with (S-2.23). */
export class OidcProviderSettings {
  @Matches(/^[a-z0-9-]{1,32}$/) id: string;
  @IsString() @MaxLength(80) name: string;
  @IsUrl({ require_tld: false }) issuer: string;
  @IsString() @MaxLength(200) clientId: string;
  @IsString() @MaxLength(400) clientSecret: string;
  @IsString() @MaxLength(200) @IsOptional() scope?: string;
}

const port = (fallback: number) => Transform(({ value }) => (value === undefined ? fallback : Number(value)));
const flag = (fallback: () => boolean) =>
  Transform(({ value }) => (value === undefined ? fallback() : value === 'on' || value === true));
const list = () =>
  Transform(({ value }) =>
    value
      ? String(value)
          .split(',')
          .map((part) => part.trim())
      : [],
  );
const database = {
  protocols: ['postgres', 'postgresql'],
  require_tld: false,
  require_host: false,
  allow_underscores: true,
};

/** Everything the outside may set, checked once. The README lists the same names. */
export class Environment {
  @port(3000) @IsInt() @Min(0) @Max(65535) bookingPort: number;
  @port(3001) @IsInt() @Min(0) @Max(65535) clinicPort: number;
  @port(3002) @IsInt() @Min(0) @Max(65535) mailboxPort: number;
  @port(3003) @IsInt() @Min(0) @Max(65535) workerPort: number;
  @Transform(({ value }) => value ?? './data') @IsString() dataDir: string;
  @IsUrl(database, { message: 'DATABASE_URL must be a postgres:// address' }) databaseUrl: string;
  @IsOptional() @IsUrl(database) databaseOwnerUrl?: string;
  @IsOptional() @IsUrl(database) databaseDirectUrl?: string;
  @list() @IsArray() @IsUrl(database, { each: true }) databaseReplicaUrls: string[];
  @IsOptional() @IsUrl({ require_tld: false }) bookingUrl?: string;
  @IsOptional() @IsUrl({ require_tld: false }) clinicUrl?: string;
  @list() @IsArray() @IsString({ each: true }) trustedProxies: string[];
  @IsOptional() @IsUrl({ protocols: ['smtp', 'smtps'], require_tld: false }) smtpUrl?: string;
  @Transform(({ value }) => value ?? 'Pieraksts <no-reply@pieraksts.example>')
  @Matches(/^[^<>\r\n]*<[^<>\s@]+@[^<>\s@]+>$|^[^<>\s@]+@[^<>\s@]+$/)
  mailFrom: string;
  @IsOptional() @IsString() dkimKey?: string;
  @IsOptional()
  @IsUrl({ protocols: ['imap', 'imaps'], require_tld: false })
  @Matches(/^imaps:|^imap:\/\/(?:[^@/]*@)?(?:localhost|127(?:\.\d+){3}|\[::1\])(?:[:/]|$)/, {
    message: 'IMAP_URL needs imaps:// unless it is on this machine',
  })
  imapUrl?: string;
  /** Checked together with `smsGateway`, by `smsGatewayProblems`. */
  @IsOptional() @IsString() @MaxLength(500) smsGatewayUrl?: string;
  @IsOptional() @Transform(({ value }) => readSmsGateway(value as string | undefined)) smsGateway?: SmsGatewaySettings;
  @IsOptional() @IsString() @MaxLength(200) googleClientId?: string;
  @IsOptional() @IsString() @MaxLength(400) googleClientSecret?: string;
  @IsOptional() @IsUrl({ require_tld: false }) googleApiRoot?: string;
  @list()
  @IsArray()
  @Matches(/^.{32,}$/, { each: true, message: 'each key of SECRET_KEYS needs at least 32 characters' })
  secretKeys: string[];
  @Transform(({ value }) => (value ? plainToInstance(OidcProviderSettings, JSON.parse(String(value)) as object[]) : []))
  @ValidateNested({ each: true })
  @Type(() => OidcProviderSettings)
  oidcProviders: OidcProviderSettings[];
  @Transform(({ value }) => value ?? 'development') @IsIn(['development', 'test', 'production']) nodeEnv: string;
  @flag(() => true) @IsBoolean() demo: boolean;
  @Transform(({ value }) => Number(value ?? 0)) @IsInt() clockOffsetMs: number;
  @Transform(({ value }) => Number(value ?? 20)) @IsInt() @Min(2) @Max(200) databasePoolSize: number;
  @Transform(({ value }) => value ?? 'info') @IsIn(['debug', 'info', 'warn', 'error', 'silent']) logLevel: string;
  @IsOptional() @IsString() @MaxLength(200) metricsToken?: string;
  production: boolean;
}

const names: Record<string, keyof Environment> = {
  BOOKING_PORT: 'bookingPort',
  CLINIC_PORT: 'clinicPort',
  MAILBOX_PORT: 'mailboxPort',
  WORKER_PORT: 'workerPort',
  DATA_DIR: 'dataDir',
  DATABASE_URL: 'databaseUrl',
  DATABASE_OWNER_URL: 'databaseOwnerUrl',
  DATABASE_DIRECT_URL: 'databaseDirectUrl',
  DATABASE_REPLICA_URLS: 'databaseReplicaUrls',
  DATABASE_POOL_SIZE: 'databasePoolSize',
  BOOKING_URL: 'bookingUrl',
  CLINIC_URL: 'clinicUrl',
  TRUSTED_PROXIES: 'trustedProxies',
  SMTP_URL: 'smtpUrl',
  MAIL_FROM: 'mailFrom',
  DKIM_KEY: 'dkimKey',
  IMAP_URL: 'imapUrl',
  SMS_GATEWAY_URL: 'smsGatewayUrl',
  SMS_GATEWAY: 'smsGateway',
  GOOGLE_CLIENT_ID: 'googleClientId',
  GOOGLE_CLIENT_SECRET: 'googleClientSecret',
  GOOGLE_API_ROOT: 'googleApiRoot',
  SECRET_KEYS: 'secretKeys',
  OIDC_PROVIDERS: 'oidcProviders',
  NODE_ENV: 'nodeEnv',
  DEMO: 'demo',
  CLOCK_OFFSET_MS: 'clockOffsetMs',
  LOG_LEVEL: 'logLevel',
  METRICS_TOKEN: 'metricsToken',
};

/** The names that the environment is read by; the README must list each of them. */
export const environmentNames: readonly string[] = Object.keys(names);

/**
 * Reads and checks a set of variables; all problems are reported together, by their outside names and without values.
 * @throws Error whose message lists every problem, one a line
 */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const plain: Record<string, unknown> = {};
  for (const [outside, inside] of Object.entries(names)) plain[inside] = variables[outside] || undefined;
  let settings: Environment;
  try {
    settings = plainToInstance(Environment, plain);
  } catch {
    throw new Error('The environment is not usable:\n  OIDC_PROVIDERS must be a JSON array');
  }
  settings.production = settings.nodeEnv === 'production';
  const problems = validateSync(settings, {
    skipMissingProperties: false,
    validationError: { target: false, value: false },
  }).map((problem) => {
    const outside = Object.entries(names).find(([, inside]) => inside === problem.property)?.[0] ?? problem.property;
    return `${outside}: ${Object.values(problem.constraints ?? { nested: 'has a wrong member' }).join(', ')}`;
  });
  if (settings.secretKeys.length === 0) problems.push('SECRET_KEYS: at least one key of 32 characters is needed');
  if (settings.production && settings.clockOffsetMs !== 0) problems.push('CLOCK_OFFSET_MS: refused in production');
  if (settings.production && !settings.smtpUrl) {
    problems.push('SMTP_URL: needed in production, where there is no local mailbox');
  }
  problems.push(...smsGatewayProblems(settings.smsGatewayUrl, settings.smsGateway, settings.production));
  if ((settings.googleClientId === undefined) !== (settings.googleClientSecret === undefined)) {
    problems.push('GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET: both or neither');
  }
  if (settings.production && settings.googleApiRoot !== undefined) {
    problems.push('GOOGLE_API_ROOT: refused in production, it leads away from Google');
  }
  if (settings.production && variables['DEMO'] === 'on') problems.push('DEMO: refused in production');
  if (settings.production) settings.demo = false;
  if (problems.length > 0) throw new Error(`The environment is not usable:\n  ${problems.join('\n  ')}`);
  settings.bookingUrl ??= `http://localhost:${settings.bookingPort}`;
  settings.clinicUrl ??= `http://localhost:${settings.clinicPort}`;
  return settings;
}

let current: Environment | undefined;

/** The process's own environment: read once, the only place that looks at process.env. */
export function environment(): Environment {
  return (current ??= readEnvironment(process.env));
}
