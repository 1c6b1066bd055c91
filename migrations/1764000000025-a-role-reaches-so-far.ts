import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promise 10: branches and doctors that somebody is bound to, invitations, and the history of who may what. */
export class ARoleReachesSoFar1764000000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table staff_member
        -- Said apart from the rows below: whoever loses their last branch must not be free of all bounds by it.
        add column bound_to_branches boolean not null default false,
        add column version integer not null default 1,
        add constraint staff_member_of_clinic unique (clinic_id, id),
        add constraint staff_member_practitioner_of_clinic_fkey foreign key (clinic_id, practitioner_id)
          references practitioner_role (clinic_id, practitioner_id),
        add constraint staff_member_days check (active_to is null or active_to >= active_from - 1);
      create index staff_member_by_account on staff_member (account_id);

      alter table staff_credential add column last_signed_in_at timestamptz;

      -- The branches of somebody who is bound to branches.
      create table staff_branch (
        staff_member_id uuid not null,
        branch_id uuid not null,
        clinic_id uuid not null,
        constraint staff_branch_pkey primary key (staff_member_id, branch_id),
        constraint staff_branch_member_fkey foreign key (clinic_id, staff_member_id) references staff_member (clinic_id, id),
        constraint staff_branch_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id) on delete cascade
      );
      create index staff_branch_by_branch on staff_branch (branch_id);

      -- Whom an assistant assists, both days included.
      create table staff_practitioner (
        staff_member_id uuid not null,
        practitioner_id uuid not null,
        clinic_id uuid not null,
        valid_from date not null,
        valid_to date not null,
        constraint staff_practitioner_pkey primary key (staff_member_id, practitioner_id),
        constraint staff_practitioner_member_fkey foreign key (clinic_id, staff_member_id) references staff_member (clinic_id, id),
        constraint staff_practitioner_role_fkey foreign key (clinic_id, practitioner_id)
          references practitioner_role (clinic_id, practitioner_id),
        constraint staff_practitioner_days check (valid_to >= valid_from)
      );
      create index staff_practitioner_by_practitioner on staff_practitioner (practitioner_id);

      -- A letter that lets somebody begin (join) or begin anew with another password and second factor (renew).
      -- The key in its link is derived and stands nowhere.
      create table staff_invitation (
        id uuid not null default gen_random_uuid(),
        clinic_id uuid not null,
        purpose text not null,
        staff_member_id uuid,
        email text not null,
        display_name text not null,
        language text not null,
        role text not null,
        practitioner_id uuid,
        bound_to_branches boolean not null default false,
        created_at timestamptz not null,
        created_by uuid not null,
        expires_at timestamptz not null,
        accepted_at timestamptz,
        withdrawn_at timestamptz,
        constraint staff_invitation_pkey primary key (id),
        constraint staff_invitation_of_clinic unique (clinic_id, id),
        constraint staff_invitation_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint staff_invitation_member_fkey foreign key (clinic_id, staff_member_id) references staff_member (clinic_id, id),
        constraint staff_invitation_created_by_fkey foreign key (clinic_id, created_by) references staff_member (clinic_id, id),
        constraint staff_invitation_practitioner_fkey foreign key (clinic_id, practitioner_id)
          references practitioner_role (clinic_id, practitioner_id),
        constraint staff_invitation_purpose_known check (purpose in ('join', 'renew')),
        constraint staff_invitation_renews_somebody check (purpose = 'join' or staff_member_id is not null),
        constraint staff_invitation_role_known check (role in ('registrar', 'practitioner', 'assistant', 'admin')),
        constraint staff_invitation_practitioner_named check ((role = 'practitioner') = (practitioner_id is not null)),
        constraint staff_invitation_email_folded check (email = lower(email) and length(email) between 3 and 254),
        constraint staff_invitation_name_length check (length(display_name) between 1 and 200),
        constraint staff_invitation_language_known check (language in ('lv', 'et', 'en', 'ru')),
        constraint staff_invitation_forward check (expires_at > created_at),
        constraint staff_invitation_one_end check (accepted_at is null or withdrawn_at is null)
      );
      create unique index staff_invitation_open_once on staff_invitation (clinic_id, email)
        where accepted_at is null and withdrawn_at is null;
      create index staff_invitation_by_member on staff_invitation (staff_member_id) where staff_member_id is not null;

      create table staff_invitation_branch (
        invitation_id uuid not null,
        branch_id uuid not null,
        clinic_id uuid not null,
        constraint staff_invitation_branch_pkey primary key (invitation_id, branch_id),
        constraint staff_invitation_branch_invitation_fkey foreign key (clinic_id, invitation_id)
          references staff_invitation (clinic_id, id) on delete cascade,
        constraint staff_invitation_branch_branch_fkey foreign key (clinic_id, branch_id)
          references branch (clinic_id, id) on delete cascade
      );
      create index staff_invitation_branch_by_branch on staff_invitation_branch (branch_id);

      create table staff_invitation_practitioner (
        invitation_id uuid not null,
        practitioner_id uuid not null,
        clinic_id uuid not null,
        valid_to date not null,
        constraint staff_invitation_practitioner_pkey primary key (invitation_id, practitioner_id),
        constraint staff_invitation_practitioner_invitation_fkey foreign key (clinic_id, invitation_id)
          references staff_invitation (clinic_id, id) on delete cascade,
        constraint staff_invitation_practitioner_role_fkey foreign key (clinic_id, practitioner_id)
          references practitioner_role (clinic_id, practitioner_id)
      );

      -- Who gave whom which rights, and who read the audit: append-only for the role that the apps use.
      -- actor_id: who did it; staff_member_id, invitation_id: to whom. details hold ids, roles and days, no names.
      create table staff_event (
        id bigint generated always as identity,
        clinic_id uuid not null,
        at timestamptz not null,
        kind text not null,
        actor_id uuid not null,
        staff_member_id uuid,
        invitation_id uuid,
        details jsonb not null default '{}',
        constraint staff_event_pkey primary key (id),
        constraint staff_event_actor_fkey foreign key (clinic_id, actor_id) references staff_member (clinic_id, id),
        constraint staff_event_member_fkey foreign key (clinic_id, staff_member_id) references staff_member (clinic_id, id),
        constraint staff_event_invitation_fkey foreign key (clinic_id, invitation_id) references staff_invitation (clinic_id, id),
        constraint staff_event_kind_known check (kind in (
          'invited', 'invited-again', 'invitation-withdrawn', 'joined', 'changed', 'ended',
          'second-factor-reset', 'second-factor-renewed', 'audit-read'))
      );
      create index staff_event_by_clinic on staff_event (clinic_id, at desc);
      create index staff_event_by_member on staff_event (staff_member_id, at desc) where staff_member_id is not null;
      create index access_log_by_reader on access_log (staff_member_id, at desc);

      alter table notice
        add column invitation_id uuid,
        add constraint notice_invitation_fkey foreign key (invitation_id) references staff_invitation (id),
        add constraint notice_once_per_invitation unique (invitation_id, channel),
        drop constraint notice_about_something,
        add constraint notice_about_something check (num_nonnulls(event_id, verification_id, invitation_id) = 1);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- History is kept (promise 5; faults.md K1).
      do $$ begin
        if exists (select from staff_event) then
          raise exception 'the history of rights would be lost; restore a backup instead';
        end if;
      end $$;
      alter table notice drop constraint notice_about_something;
      alter table notice
        drop column invitation_id,
        add constraint notice_about_something check (num_nonnulls(event_id, verification_id) = 1);
      drop index access_log_by_reader;
      drop table staff_event, staff_invitation_practitioner, staff_invitation_branch, staff_invitation,
        staff_practitioner, staff_branch;
      alter table staff_credential drop column last_signed_in_at;
      drop index staff_member_by_account;
      alter table staff_member
        drop constraint staff_member_days,
        drop constraint staff_member_practitioner_of_clinic_fkey,
        drop constraint staff_member_of_clinic,
        drop column version,
        drop column bound_to_branches;
    `);
  }
}
