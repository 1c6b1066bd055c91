import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type DataSource, getMetadataArgsStorage } from 'typeorm';
import { type EntityClass, migrate, newDataSource } from '#libs/platform';
import { migrations } from '../../migrations/index.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { filesBelow, root } from './files.js';

/** Everything of the public schema that a migration can make, in words. */
async function describeSchema({ sql }: TestDatabase): Promise<string[]> {
  const rows = await sql<{ line: string }>(`
    select format('column %s.%s %s %s %s %s', table_name, column_name, data_type, is_nullable, column_default, generation_expression) as line
      from information_schema.columns where table_schema = 'public' and table_name <> 'migrations'
    union all
    select format('constraint %s %s', conname, pg_get_constraintdef(oid)) from pg_constraint
     where connamespace = 'public'::regnamespace and conrelid <> 'migrations'::regclass
    union all
    select indexdef from pg_indexes where schemaname = 'public' and tablename <> 'migrations'
    union all
    select pg_get_functiondef(p.oid) from pg_proc p
     where p.pronamespace = 'public'::regnamespace
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all
    select format('trigger %s', pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
    union all
    select format('type %s', typname) from pg_type
     where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
    order by 1`);
  return rows.map((row) => row.line);
}

describe('the schema', () => {
  let migrated: TestDatabase;
  let empty: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    [migrated, empty] = await Promise.all([testDatabase(), testDatabase({ migrated: false })]);
    for (const path of filesBelow('libs', /\.entity\.ts$/)) {
      await import(pathToFileURL(join(root, 'dist', path.replace(/\.ts$/, '.js'))).href);
    }
    const entities = getMetadataArgsStorage().tables.map((table) => table.target as EntityClass);
    source = await newDataSource({ url: migrated.ownerUrl, entities }).initialize();
  });

  afterAll(async () => {
    await source?.destroy();
    await migrated?.drop();
    await empty?.drop();
  });

  it('has every column that an entity names, as empty or not as the entity says', async () => {
    const columns = await migrated.sql<{ name: string; nullable: boolean; computed: boolean }>(
      `select table_name || '.' || column_name as name, is_nullable = 'YES' as nullable, is_generated = 'ALWAYS' as computed
         from information_schema.columns where table_schema = 'public'`,
    );
    const known = new Map(columns.map((column) => [column.name, column]));
    const wrong = source.entityMetadatas.flatMap((entity) =>
      entity.columns.flatMap((column) => {
        const name = `${entity.tableName}.${column.databaseName}`;
        const found = known.get(name);
        if (!found) return [`${name} is not in the database`];
        // What the database computes has no say in whether it is empty.
        if (found.computed || found.nullable === column.isNullable) return [];
        return [`${name} ${found.nullable ? 'may' : 'may not'} be empty in the database`];
      }),
    );
    expect(wrong).toEqual([]);
    expect(source.entityMetadatas.length).toBeGreaterThan(20);
  });

  it('lets every entity be read', async () => {
    for (const entity of source.entityMetadatas) {
      // Rules and lists of the countries come with the migrations; everything else begins empty.
      const rows = ['referral_rule', 'specialty', 'insurer'].includes(entity.tableName) ? expect.any(Array) : [];
      await expect(source.manager.find(entity.target, { take: 1 })).resolves.toEqual(rows);
    }
  });

  it('goes back step by step to nothing, and forward again to the same', async () => {
    const steps = { ownerUrl: empty.ownerUrl, appUrl: empty.appUrl, migrations };
    await migrate(steps);
    const forward = await describeSchema(empty);
    expect(forward).toEqual(await describeSchema(migrated));

    const back = await newDataSource({ url: empty.ownerUrl, migrations }).initialize();
    for (const _ of migrations) await back.undoLastMigration({ transaction: 'each' });
    await back.destroy();
    expect(await describeSchema(empty)).toEqual([]);

    await migrate(steps);
    expect(await describeSchema(empty)).toEqual(forward);
    expect(await migrate(steps)).toBe(0);
  });

  it('keeps the apps from changing what has happened', async () => {
    const rights = await migrated.sql<{ line: string }>(
      `select table_name || ' ' || privilege_type as line from information_schema.role_table_grants
        where grantee = 'pieraksts_app' and table_name in ('appointment_event', 'access_log', 'migrations') order by 1`,
    );
    expect(rights.map((row) => row.line)).toEqual([
      'access_log INSERT',
      'access_log SELECT',
      'appointment_event INSERT',
      'appointment_event SELECT',
      'migrations SELECT',
    ]);
    const owned = await migrated.sql("select relname from pg_class where relowner = 'pieraksts_app'::regrole");
    expect(owned).toEqual([]);
  });
});
