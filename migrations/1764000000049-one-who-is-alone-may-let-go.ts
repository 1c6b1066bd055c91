import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Faults H11: an absence counts toward many letters at once, and a clinic with one administrator is not stuck with them. */
export class OneWhoIsAloneMayLetGo1764000000049 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Decided by the one who caused them, with their second factor, because nobody else at the clinic might.
      alter table notice_bulk
        add column alone boolean not null default false,
        drop constraint notice_bulk_second_person,
        add constraint notice_bulk_second_person check (decided_by <> caused_by or alone),
        add constraint notice_bulk_alone_is_own check (not alone or (decided_by is not null and decided_by = caused_by));
      -- Whose absence a step offers other times for.
      create index affected_visit_by_event on affected_visit (event_id) where event_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- History is kept (promise 5; faults.md K1).
      do $$ begin
        if exists (select from notice_bulk where alone) then
          raise exception 'who decided alone on many letters would be lost; restore a backup instead';
        end if;
      end $$;
      drop index affected_visit_by_event;
      alter table notice_bulk
        drop constraint notice_bulk_alone_is_own,
        drop constraint notice_bulk_second_person,
        add constraint notice_bulk_second_person check (decided_by <> caused_by),
        drop column alone;
    `);
  }
}
