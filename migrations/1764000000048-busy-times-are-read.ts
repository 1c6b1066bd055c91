import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a doctor's own calendar says is read again and again, without a title, and who is blind is told (F054, F055). */
export class BusyTimesAreRead1764000000048 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Reading of one practitioner's own calendars through one connection.
      create table busy_reading (
        connection_id uuid not null,
        practitioner_id uuid not null,
        when_unread text not null default 'close',
        next_read_at timestamptz not null,
        -- When all was read the last time, and since when it cannot be.
        read_at timestamptz,
        unread_since timestamptz,
        told_at timestamptz,
        is_paused boolean not null default false,
        -- When closures were last made what was read.
        kept_at timestamptz,
        -- When Google last said that something changed and no reading has begun since.
        asked_at timestamptz,
        attempts smallint not null default 0,
        constraint busy_reading_pkey primary key (connection_id),
        constraint busy_reading_once unique (practitioner_id),
        constraint busy_reading_connection_fkey foreign key (connection_id) references calendar_connection (id) on delete cascade,
        constraint busy_reading_practitioner_fkey foreign key (practitioner_id) references practitioner (id),
        constraint busy_reading_when_unread_known check (when_unread in ('close', 'keep')),
        constraint busy_reading_told_in_vain check (told_at is null or unread_since is not null),
        constraint busy_reading_paused_in_vain check (not is_paused or unread_since is not null)
      );
      create index busy_reading_due on busy_reading (next_read_at);

      create table busy_calendar (
        id uuid not null default gen_random_uuid(),
        connection_id uuid not null,
        -- Sealed: the name of a first calendar is an e-mail address.
        calendar_sealed bytea not null,
        sync_token text,
        full_read_at timestamptz,
        covers_until timestamptz,
        -- Where Google says that something changed; of its secret only the hash is kept.
        channel_id uuid,
        channel_hash bytea,
        channel_resource text,
        channel_until timestamptz,
        watch_after timestamptz,
        constraint busy_calendar_pkey primary key (id),
        constraint busy_calendar_channel_once unique (channel_id),
        constraint busy_calendar_reading_fkey foreign key (connection_id) references busy_reading (connection_id) on delete cascade,
        constraint busy_calendar_channel_whole check (
          (channel_id is null) = (channel_resource is null) and (channel_id is null) = (channel_until is null)
          and (channel_id is null) = (channel_hash is null)),
        constraint busy_calendar_token_whole check (sync_token is null or (full_read_at is not null and covers_until is not null))
      );
      create index busy_calendar_by_connection on busy_calendar (connection_id);

      -- That somebody is busy then. There is no column for what with, and there must never be one.
      create table busy_event (
        busy_calendar_id uuid not null,
        event_id text not null,
        during tstzrange not null,
        constraint busy_event_pkey primary key (busy_calendar_id, event_id),
        constraint busy_event_calendar_fkey foreign key (busy_calendar_id) references busy_calendar (id) on delete cascade,
        constraint busy_event_real check (not isempty(during) and not lower_inf(during) and not upper_inf(during))
      );

      alter table account_notice
        drop constraint account_notice_change_known,
        drop constraint account_notice_change_said,
        add constraint account_notice_change_known check (change in (
          'rights-given', 'rights-changed', 'rights-ended', 'second-factor', 'sign-in-address', 'representation',
          'data-copy', 'data-erasure', 'busy-unread', 'busy-read-again')),
        add constraint account_notice_change_said check (
          kind = 'calendar-stopped' or (change is not null) = (kind in ('access-changed', 'data-request')));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from notice n using account_notice a where a.id = n.account_notice_id and a.change in ('busy-unread', 'busy-read-again');
      delete from account_notice where change in ('busy-unread', 'busy-read-again');
      alter table account_notice
        drop constraint account_notice_change_known,
        drop constraint account_notice_change_said,
        add constraint account_notice_change_known check (change in (
          'rights-given', 'rights-changed', 'rights-ended', 'second-factor', 'sign-in-address', 'representation',
          'data-copy', 'data-erasure')),
        add constraint account_notice_change_said check ((change is not null) = (kind in ('access-changed', 'data-request')));
      drop table busy_event;
      drop table busy_calendar;
      drop table busy_reading;
    `);
  }
}
