import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the owner of an account is told about it, and what a clinic adds to its letters. */
export class AClinicSaysItInItsOwnWords1764000000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Something about an account that its owner is to be told; its delivery stands in notice.
      create table account_notice (
        id uuid not null default uuidv7(),
        account_id uuid not null,
        clinic_id uuid,
        kind text not null,
        change text,
        at timestamptz not null,
        constraint account_notice_pkey primary key (id),
        constraint account_notice_account_fkey foreign key (account_id) references account (id),
        constraint account_notice_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint account_notice_kind_known check (kind in ('welcome', 'access-changed', 'data-request', 'calendar-stopped')),
        constraint account_notice_change_known check (change in (
          'rights-given', 'rights-changed', 'rights-ended', 'second-factor', 'sign-in-address', 'representation',
          'data-copy', 'data-erasure')),
        constraint account_notice_change_said check ((change is not null) = (kind in ('access-changed', 'data-request')))
      );
      create index account_notice_by_account on account_notice (account_id, at desc);
      alter table notice
        add constraint notice_account_notice_fkey foreign key (account_notice_id) references account_notice (id);

      -- The clinic's own words in its letters, of all branches (no branch_id) or of one. Plain text, never a template.
      create table letter_words (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        branch_id uuid,
        language text not null,
        greeting text not null default '',
        signature text not null default '',
        directions text not null default '',
        changed_at timestamptz not null,
        changed_by uuid not null,
        constraint letter_words_pkey primary key (id),
        constraint letter_words_once unique nulls not distinct (clinic_id, branch_id, language),
        constraint letter_words_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint letter_words_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
        constraint letter_words_changed_by_fkey foreign key (clinic_id, changed_by) references staff_member (clinic_id, id),
        constraint letter_words_language_known check (language in ('lv', 'et', 'en', 'ru')),
        constraint letter_words_length check (
          length(greeting) <= 200 and length(signature) <= 300 and length(directions) <= 600)
      );

      -- How to prepare for a visit, in words that tell nobody for what.
      create table service_letter_words (
        clinic_id uuid not null,
        service_id uuid not null,
        language text not null,
        preparation text not null,
        changed_at timestamptz not null,
        changed_by uuid not null,
        constraint service_letter_words_pkey primary key (service_id, language),
        constraint service_letter_words_service_fkey foreign key (clinic_id, service_id) references service (clinic_id, id),
        constraint service_letter_words_changed_by_fkey foreign key (clinic_id, changed_by)
          references staff_member (clinic_id, id),
        constraint service_letter_words_language_known check (language in ('lv', 'et', 'en', 'ru')),
        constraint service_letter_words_length check (length(preparation) between 1 and 1000)
      );
      create index service_letter_words_by_clinic on service_letter_words (clinic_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table service_letter_words, letter_words;
      delete from notice where account_notice_id is not null;
      alter table notice drop constraint notice_account_notice_fkey;
      drop table account_notice;
    `);
  }
}
