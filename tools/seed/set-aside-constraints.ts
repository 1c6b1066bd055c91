import type { Client } from 'pg';

/** What is dropped for a big load and made again after it, table by table: row by row it would cost several times more. */
export interface SetAside {
  /** Builds on one table; tables may be done side by side. */
  readonly tables: readonly (readonly string[])[];
  /** Foreign keys come last, when what they point to is unique again. */
  readonly foreignKeys: readonly string[];
}

const constraintsOf = `
  select conrelid::regclass::text as table, conname as name, contype as kind, pg_get_constraintdef(oid) as definition
    from pg_constraint
   where (conrelid = any($1::regclass[]) and contype in ('f', 'x', 'u', 'p'))
      or (confrelid = any($1::regclass[]) and contype = 'f')
   order by contype = 'f' desc, conname`;

const indexesOf = `
  select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i
   where i.indrelid = any($1::regclass[])
     and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.conrelid = i.indrelid)
   order by 2`;

/** Drops the keys, exclusions and indexes of the tables, and what points to them. CHECK and NOT NULL stay in force. */
export async function setAside(client: Client, tables: readonly string[]): Promise<SetAside> {
  const constraints = await client.query<{ table: string; name: string; kind: string; definition: string }>(
    constraintsOf,
    [tables],
  );
  const indexes = await client.query<{ table: string; name: string; definition: string }>(indexesOf, [tables]);
  const foreignKeys: string[] = [];
  const builds = new Map<string, string[]>(tables.map((table) => [table, []]));
  for (const { table, name, kind, definition } of constraints.rows) {
    await client.query(`alter table ${table} drop constraint ${name}`);
    const build = `alter table ${table} add constraint ${name} ${definition}`;
    if (kind === 'f') foreignKeys.push(build);
    else builds.get(table)?.push(build);
  }
  for (const { table, name, definition } of indexes.rows) {
    await client.query(`drop index ${name}`);
    builds.get(table)?.push(definition);
  }
  return { tables: [...builds.values()], foreignKeys };
}

/** Makes again what was set aside, on several connections. @throws the database's error where the loaded rows break a promise */
export async function restore(clients: readonly Client[], aside: SetAside): Promise<void> {
  const waiting = [...aside.tables];
  await Promise.all(
    clients.map(async (client) => {
      await client.query(`set maintenance_work_mem = '512MB'`);
      for (let builds = waiting.shift(); builds; builds = waiting.shift()) {
        for (const build of builds) await client.query(build);
      }
    }),
  );
  const [first] = clients;
  for (const build of aside.foreignKeys) await first?.query(build);
}
