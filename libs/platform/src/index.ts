export { CLOCK, type Clock, systemClock } from './clock.js';
export { Database, faultOf, sqlState, type Tx, violated } from './database.js';
export { dataSourceOptions, type EntityClass, type MigrationClass, newDataSource } from './data-source.js';
export { Environment, environment, environmentNames, OidcProviderSettings, readEnvironment } from './environment.js';
export { Hints } from './hints.js';
export { type Hint } from './rules/hint-payload.js';
export { idPattern, isId } from './id.js';
export { inFours } from './rules/in-fours.js';
export { unbroken, withHardSpaces } from './rules/unbroken.js';
export { type JobData, type JobName, jobNames, jobRetries, Jobs, jobsSchema } from './jobs.js';
export {
  catalogue,
  type DateStyle,
  formatDate,
  formatDateRange,
  formatDateTime,
  formatMoney,
  formatPlainDate,
  formatTime,
  hasMessage,
  isLanguage,
  type Language,
  languages,
  type MessageArguments,
  translate,
  type Words,
  wordsIn,
  zoneOfReader,
} from './languages.js';
export { describeError, log, type LogFields } from './log.js';
export { migrate } from './migrate.js';
export type { SmsGatewaySettings } from './sms-gateway.js';
export { oneByOne } from './one-by-one.js';
export { PlatformModule } from './platform.module.js';
export { type FieldError, Refusal, type RefusalCode, type RefusalDetails, refusals } from './refusals.js';
export {
  blindIndex,
  derive,
  deriveCode,
  hookSecrets,
  isDerived,
  isSameSecret,
  isSealedByNewest,
  newReference,
  newToken,
  open,
  openBytes,
  seal,
  sealBytes,
  tokenHash,
} from './secrets.js';
export { type Turn, Turns } from './turns.js';
export { JobReader, type Reaction } from './job-reader.js';
export { dayColumn, instantColumn, intervalColumn, parseRange, rangeOf } from './columns.js';
