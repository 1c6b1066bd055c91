import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A connection that moves to another calendar leaves a former one behind, from which what was put is still taken back. */
export class WhatWasPutIsTakenAlong1764000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table calendar_connection
        -- Of a calendar that the account has left for another; its entries are being taken back, or could not be.
        add column is_former boolean not null default false,
        drop constraint calendar_connection_once,
        drop constraint calendar_connection_state_known,
        add constraint calendar_connection_state_known check (
          state in ('choosing', 'connected', 'failing', 'stopped', 'ending', 'disconnected', 'left')),
        -- What is left behind is known by its calendar, so that a later permission can take it back.
        add constraint calendar_connection_left_behind check (
          case when is_former then state in ('ending', 'left') and calendar_sealed is not null else state <> 'left' end);
      create unique index calendar_connection_once on calendar_connection (account_id, purpose) where not is_former;
      create index calendar_connection_by_account on calendar_connection (account_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from calendar_connection where is_former;
      drop index calendar_connection_by_account;
      drop index calendar_connection_once;
      alter table calendar_connection
        drop constraint calendar_connection_left_behind,
        drop constraint calendar_connection_state_known,
        drop column is_former,
        add constraint calendar_connection_state_known check (
          state in ('choosing', 'connected', 'failing', 'stopped', 'ending', 'disconnected')),
        add constraint calendar_connection_once unique (account_id, purpose);
    `);
  }
}
