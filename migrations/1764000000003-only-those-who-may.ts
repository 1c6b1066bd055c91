import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promise 10: accounts, sign-in, sessions, roles with end dates, and the log of who looked at whom. */
export class OnlyThoseWhoMay1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account (
        id uuid not null default uuidv7(),
        email text,
        email_verified_at timestamptz,
        language text not null,
        created_at timestamptz not null,
        constraint account_pkey primary key (id),
        constraint account_email_once unique (email),
        constraint account_email_folded check (email = lower(email) and length(email) between 3 and 254),
        constraint account_language_known check (language in ('lv', 'et', 'en', 'ru'))
      );

      -- Who an identity provider says someone is: the key is (issuer, subject), never an e-mail address (S-2.25).
      create table identity (
        issuer text not null,
        subject text not null,
        account_id uuid not null,
        given_name text not null,
        family_name text not null,
        birth_date date,
        person_code_country text,
        person_code_sealed bytea,
        created_at timestamptz not null,
        last_used_at timestamptz not null,
        constraint identity_pkey primary key (issuer, subject),
        constraint identity_account_fkey foreign key (account_id) references account (id)
      );
      create index identity_by_account on identity (account_id);

      create table staff_member (
        id uuid not null default uuidv7(),
        account_id uuid not null,
        clinic_id uuid not null,
        role text not null,
        practitioner_id uuid,
        display_name text not null,
        active_from date not null,
        active_to date,
        constraint staff_member_pkey primary key (id),
        constraint staff_member_once unique (account_id, clinic_id),
        constraint staff_member_account_fkey foreign key (account_id) references account (id),
        constraint staff_member_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint staff_member_practitioner_fkey foreign key (practitioner_id) references practitioner (id),
        constraint staff_member_role_known check (role in ('registrar', 'practitioner', 'assistant', 'admin')),
        constraint staff_member_practitioner_named check (role <> 'practitioner' or practitioner_id is not null)
      );
      create index staff_member_by_clinic on staff_member (clinic_id);

      create table staff_credential (
        account_id uuid not null,
        password_hash text not null,
        totp_sealed bytea not null,
        totp_last_step bigint not null default 0,
        failed_attempts smallint not null default 0,
        locked_until timestamptz,
        constraint staff_credential_pkey primary key (account_id),
        constraint staff_credential_account_fkey foreign key (account_id) references account (id)
      );

      create table session (
        id uuid not null default gen_random_uuid(),
        token_hash bytea not null,
        app text not null,
        account_id uuid,
        level text not null,
        created_at timestamptz not null,
        last_seen_at timestamptz not null,
        expires_at timestamptz not null,
        constraint session_pkey primary key (id),
        constraint session_token_once unique (token_hash),
        constraint session_account_fkey foreign key (account_id) references account (id),
        constraint session_app_known check (app in ('booking', 'clinic', 'guest')),
        constraint session_level_known check (level in ('anonymous', 'password', 'email', 'eid', 'two-factor')),
        constraint session_anonymous_without_account check ((level = 'anonymous') = (account_id is null))
      );
      create index session_by_account on session (account_id);
      create index session_by_expiry on session (expires_at);

      -- An e-mail address being proven. The code is derived from id and generation and stands nowhere.
      create table verification (
        id uuid not null default gen_random_uuid(),
        email text not null,
        language text not null,
        generation integer not null default 0,
        attempts smallint not null default 0,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        used_at timestamptz,
        constraint verification_pkey primary key (id),
        constraint verification_email_folded check (email = lower(email) and length(email) between 3 and 254),
        constraint verification_language_known check (language in ('lv', 'et', 'en', 'ru')),
        constraint verification_attempts_bounded check (attempts between 0 and 10)
      );
      create index verification_by_email on verification (email, created_at);

      -- An OpenID Connect sign-in on its way: bound to the browser by a cookie, not to a tab (S-2.26).
      create table sign_in_attempt (
        token_hash bytea not null,
        provider text not null,
        state text not null,
        nonce text not null,
        code_verifier text not null,
        return_to text not null,
        expires_at timestamptz not null,
        constraint sign_in_attempt_pkey primary key (token_hash)
      );

      -- Every look at a person by staff, with its purpose; no column may be empty (I-16).
      create table access_log (
        id bigint generated always as identity,
        at timestamptz not null,
        clinic_id uuid not null,
        staff_member_id uuid not null,
        role text not null,
        patient_id uuid not null,
        appointment_id uuid,
        action text not null,
        purpose text not null,
        constraint access_log_pkey primary key (id),
        constraint access_log_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint access_log_staff_member_fkey foreign key (staff_member_id) references staff_member (id),
        constraint access_log_purpose_said check (length(purpose) between 1 and 200 and length(action) between 1 and 60)
      );
      create index access_log_by_patient on access_log (patient_id, at desc);
      create index access_log_by_clinic on access_log (clinic_id, at desc);

      -- Counters only; losing them in a crash gives a few requests more.
      create unlogged table rate_limit (
        key_hash bytea not null,
        window_start timestamptz not null,
        count integer not null,
        constraint rate_limit_pkey primary key (key_hash, window_start)
      );
      create index rate_limit_by_window on rate_limit (window_start);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table rate_limit, access_log, sign_in_attempt, verification, session, staff_credential, staff_member, identity, account;
    `);
  }
}
