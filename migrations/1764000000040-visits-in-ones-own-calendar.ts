import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promise 6: what is booked stands in the person's own calendar, if they connected it, and is taken back when they end it. */
export class VisitsInOnesOwnCalendar1764000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table calendar_connection (
        id uuid not null default gen_random_uuid(),
        account_id uuid not null,
        provider text not null default 'google',
        purpose text not null,
        calendar_kind text not null,
        language text not null,
        state text not null,
        failure text,
        -- Counts the times it was connected: what began before the newest one no longer counts.
        generation integer not null default 1,
        -- Sealed: the name of a first calendar is an e-mail address.
        calendar_sealed bytea,
        title_sealed bytea,
        token_sealed bytea,
        scope text not null default '',
        since timestamptz not null,
        last_ok_at timestamptz,
        failed_at timestamptz,
        constraint calendar_connection_pkey primary key (id),
        constraint calendar_connection_once unique (account_id, purpose),
        constraint calendar_connection_account_fkey foreign key (account_id) references account (id) on delete cascade,
        constraint calendar_connection_provider_known check (provider = 'google'),
        constraint calendar_connection_purpose_known check (purpose in ('visits', 'busy')),
        constraint calendar_connection_kind_known check (calendar_kind in ('own', 'chosen')),
        constraint calendar_connection_language_known check (language in ('lv', 'et', 'en', 'ru')),
        constraint calendar_connection_state_known check (
          state in ('choosing', 'connected', 'failing', 'stopped', 'ending', 'disconnected')),
        -- What has ended is forgotten, and nothing is put without knowing where.
        constraint calendar_connection_forgotten check (
          state <> 'disconnected' or (calendar_sealed is null and title_sealed is null and token_sealed is null)),
        constraint calendar_connection_whole check (
          state not in ('connected', 'failing') or (calendar_sealed is not null and token_sealed is not null))
      );
      create index calendar_connection_by_state on calendar_connection (state) where state in ('failing', 'ending');

      create table calendar_entry (
        id uuid not null default gen_random_uuid(),
        connection_id uuid not null,
        appointment_id uuid not null,
        -- Ours, given before it is put, so that putting it again finds it (RFC 4648 base32hex, of which hex is a part).
        event_id text not null,
        state text not null default 'wanted',
        etag text,
        sequence integer not null default 0,
        fingerprint bytea,
        put_starts_at timestamptz,
        seen_version integer not null default 0,
        put_at timestamptz,
        wish integer not null default 1,
        due_at timestamptz,
        claimed_until timestamptz,
        attempts smallint not null default 0,
        failure text,
        constraint calendar_entry_pkey primary key (id),
        constraint calendar_entry_once unique (connection_id, appointment_id),
        constraint calendar_entry_connection_fkey foreign key (connection_id) references calendar_connection (id) on delete cascade,
        constraint calendar_entry_appointment_fkey foreign key (appointment_id) references appointment (id) on delete cascade,
        constraint calendar_entry_event_id_shape check (event_id ~ '^[0-9a-v]{5,100}$'),
        constraint calendar_entry_state_known check (state in ('wanted', 'put', 'removed', 'deleted', 'failed'))
      );
      create index calendar_entry_by_appointment on calendar_entry (appointment_id);
      create index calendar_entry_due on calendar_entry (due_at) where due_at is not null;

      create table calendar_consent (
        state_hash bytea not null,
        session_id uuid not null,
        account_id uuid not null,
        purpose text not null,
        calendar_kind text not null,
        language text not null,
        expires_at timestamptz not null,
        constraint calendar_consent_pkey primary key (state_hash),
        constraint calendar_consent_session_fkey foreign key (session_id) references session (id) on delete cascade,
        constraint calendar_consent_account_fkey foreign key (account_id) references account (id) on delete cascade,
        constraint calendar_consent_purpose_known check (purpose in ('visits', 'busy')),
        constraint calendar_consent_kind_known check (calendar_kind in ('own', 'chosen')),
        constraint calendar_consent_language_known check (language in ('lv', 'et', 'en', 'ru'))
      );
      create index calendar_consent_by_session on calendar_consent (session_id);
      create index calendar_consent_by_expiry on calendar_consent (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table calendar_consent;
      drop table calendar_entry;
      drop table calendar_connection;
    `);
  }
}
