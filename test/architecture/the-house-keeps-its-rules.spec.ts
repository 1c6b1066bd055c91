import { describe, expect, it } from '@jest/globals';
import { environmentNames } from '#libs/platform';
import { filesBelow, read } from './files.js';

const mayImport = JSON.parse(read('tools/who-may-import.json')) as Record<string, string[]>;

/** Tables without an entity, by the library that writes them. */
const tablesWithoutEntity: Record<string, string> = { rate_limit: 'web', migrations: 'platform' };

/** Who writes a table: the library that holds its entity. */
const owners = new Map<string, string>(Object.entries(tablesWithoutEntity));
for (const path of filesBelow('libs', /\.entity\.ts$/)) {
  for (const [, table] of read(path).matchAll(/@Entity\((?:\{\s*name:\s*)?'(\w+)'/g)) {
    if (table) owners.set(table, path.split('/')[1] ?? '');
  }
}

/** Text in quotes that holds SQL: only there a table's name is a table. */
const sqlOf = (source: string): string =>
  [...source.matchAll(/`[^`]*`|'[^'\n]*'|"[^"\n]*"/g)]
    .map(([text]) => text)
    .filter((text) => /\b(?:select|insert into|update|delete from|with)\b/i.test(text))
    .join('\n');

const named = (sql: string, pattern: RegExp): string[] =>
  [...sql.matchAll(pattern)].map(([, table]) => table ?? '').filter((table) => owners.has(table));

const sources = filesBelow('libs', /(?<!\.spec)\.ts$/).map((path) => ({
  path,
  lib: path.split('/')[1] ?? '',
  sql: sqlOf(read(path)),
}));

describe('the house', () => {
  it('knows who writes every table', () => {
    const made = filesBelow('migrations', /\.ts$/).flatMap((path) =>
      [...read(path).matchAll(/create (?:unlogged )?table (\w+)/g)].map(([, table]) => table ?? ''),
    );
    expect(made.length).toBeGreaterThan(20);
    expect(made.filter((table) => !owners.has(table))).toEqual([]);
  });

  it('lets SQL read only tables of libraries that its library may import', () => {
    const wrong = sources.flatMap(({ path, lib, sql }) =>
      [...new Set(named(sql, /\b(?:from|join)\s+(\w+)/gi))]
        .filter((table) => ![lib, ...(mayImport[lib] ?? [])].includes(owners.get(table) ?? ''))
        .map((table) => `${path} reads ${table} of ${owners.get(table)}`),
    );
    expect(wrong).toEqual([]);
  });

  it('lets one library write a table', () => {
    const wrong = sources.flatMap(({ path, lib, sql }) =>
      [...new Set(named(sql, /\b(?:insert\s+into|update|delete\s+from)\s+(\w+)/gi))]
        .filter((table) => owners.get(table) !== lib)
        .map((table) => `${path} writes ${table} of ${owners.get(table)}`),
    );
    expect(wrong).toEqual([]);
  });

  it('tells operators every setting', () => {
    const readme = read('README.md');
    const tools = ['CLOCK', 'DATABASE_PORT', 'IDENTITY_PORT'];
    expect(
      [...environmentNames, ...tools].filter((name) => name !== 'CLOCK_OFFSET_MS' && !readme.includes(`\`${name}\``)),
    ).toEqual([]);
  });

  it('escapes everything that is put into a page', () => {
    const raw = filesBelow('templates', /\.hbs$/).filter((path) =>
      read(path).replaceAll('{{{body}}}', '').includes('{{{'),
    );
    expect(raw).toEqual([]);
  });

  it('keeps scripts and styles out of pages, so that the policy can forbid them', () => {
    const wrong = filesBelow('templates', /\.hbs$/)
      .filter((path) => !path.startsWith('templates/mail/'))
      .filter((path) =>
        /<style\b|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)(?![^>]*type="application\/(?:ld\+)?json")/i.test(
          read(path),
        ),
      );
    expect(wrong).toEqual([]);
  });

  it('takes the cases of its properties from one place, which has a seed', () => {
    const wrong = ['apps', 'libs', 'test', 'tools']
      .flatMap((folder) => filesBelow(folder, /\.ts$/))
      .filter((path) => path !== 'test/support/properties.ts' && /^import .* from 'fast-check'/m.test(read(path)));
    expect(wrong).toEqual([]);
  });

  it('says in every library what it promises', () => {
    const libs = Object.keys(mayImport);
    const files = new Set(filesBelow('libs', /README\.md$/));
    expect(libs.filter((lib) => !files.has(`libs/${lib}/README.md`))).toEqual([]);
  });
});
