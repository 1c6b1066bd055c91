import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Berzins finds Bērziņš: one folding of names for every search. Extensions stay on the way down: others may use them. */
export class NamesAreFoundWithoutAccents1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create extension if not exists btree_gist;
      create extension if not exists unaccent;
      create extension if not exists pg_trgm;
      -- unaccent() is only STABLE because its dictionary could be changed; ours is not, so an index may rest on it.
      create function fold(words text) returns text language sql immutable strict parallel safe
        return lower(public.unaccent('public.unaccent'::regdictionary, words));
      create function all_words(words jsonb) returns text language sql immutable strict parallel safe
        return fold(concat_ws(' ', words ->> 'lv', words ->> 'et', words ->> 'en', words ->> 'ru'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function all_words(jsonb);
      drop function fold(text);
    `);
  }
}
