import {
  DataSource,
  type DataSourceOptions,
  type EntityTarget,
  type MigrationInterface,
  type ObjectLiteral,
} from 'typeorm';

export type EntityClass = EntityTarget<ObjectLiteral> & (new () => object);
export type MigrationClass = new () => MigrationInterface;

/**
 * The one way a connection to PostgreSQL is made. `synchronize` is off everywhere: the schema is hand-written SQL.
 * Logging is off because the driver's log lines quote parameters, which are people's data.
 */
export function dataSourceOptions(settings: {
  url: string;
  entities?: readonly EntityClass[];
  migrations?: readonly MigrationClass[];
  poolSize?: number;
  name?: string;
}): DataSourceOptions {
  return {
    type: 'postgres',
    url: settings.url,
    entities: [...(settings.entities ?? [])],
    migrations: [...(settings.migrations ?? [])],
    migrationsTransactionMode: 'each',
    installExtensions: false,
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
    synchronize: false,
    logging: false,
    poolSize: settings.poolSize ?? 20,
    applicationName: settings.name ?? 'pieraksts',
    extra: { connectionTimeoutMillis: 3_000, idleTimeoutMillis: 30_000 },
  };
}

export const newDataSource = (settings: Parameters<typeof dataSourceOptions>[0]): DataSource =>
  new DataSource(dataSourceOptions(settings));
