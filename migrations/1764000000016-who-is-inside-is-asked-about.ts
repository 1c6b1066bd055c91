import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Changes with people inside: orphaned appointments, plans of changes, and what is offered when a practitioner is away. */
export class WhoIsInsideIsAskedAbout1764000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- An appointment whose opening was withdrawn stays as it is, and stands on a work list until staff keep it for good,
      -- move or cancel it.
      alter table appointment
        add column orphaned_at timestamptz,
        add column orphaned_why text,
        add column orphan_kept_at timestamptz,
        add column orphan_kept_by uuid,
        add constraint appointment_orphaned_why_known check (orphaned_why in (
          'hours', 'closed', 'service-ended', 'practitioner-left', 'days', 'practitioner-away')),
        add constraint appointment_orphaned_whole check ((orphaned_at is null) = (orphaned_why is null)),
        add constraint appointment_orphan_kept_whole check (
          (orphan_kept_at is null) = (orphan_kept_by is null) and (orphan_kept_at is null or orphaned_at is not null)),
        add constraint appointment_orphan_kept_by_fkey foreign key (orphan_kept_by) references staff_member (id);
      create index appointment_orphaned on appointment (clinic_id, starts_at) where orphaned_at is not null;

      alter table appointment_event
        drop constraint appointment_event_kind_known,
        add constraint appointment_event_kind_known check (kind in (
          'requested', 'booked', 'confirmed', 'rejected', 'expired', 'move-requested', 'moved', 'cancelled',
          'offered', 'reinstated'));

      -- A change that was looked at, with what was decided for those inside; forgotten after a day. Ids only.
      create table planned_change (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        change jsonb not null,
        state text not null,
        decisions jsonb,
        begun jsonb,
        parts jsonb not null,
        created_by uuid not null,
        created_at timestamptz not null,
        constraint planned_change_pkey primary key (id),
        constraint planned_change_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint planned_change_created_by_fkey foreign key (created_by) references staff_member (id),
        constraint planned_change_state_known check (state in ('planned', 'under-way', 'done')),
        constraint planned_change_begun_when check ((state = 'planned') = (begun is null) and (state = 'planned') = (decisions is null))
      );
      create index planned_change_by_age on planned_change (created_at);
      create index planned_change_under_way on planned_change (created_at) where state = 'under-way';

      -- A practitioner is away unforeseen: their time is closed, and everybody inside is offered two other times until the
      -- deadline. The closure may have been taken back meanwhile, hence no foreign key.
      create table absence (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        resource_id uuid not null,
        closure_id uuid not null,
        during tstzrange not null,
        answer_by timestamptz not null,
        created_by uuid not null,
        created_at timestamptz not null,
        ended_at timestamptz,
        constraint absence_pkey primary key (id),
        constraint absence_of_clinic unique (clinic_id, id),
        constraint absence_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint absence_resource_fkey foreign key (resource_id) references resource (id),
        constraint absence_created_by_fkey foreign key (created_by) references staff_member (id),
        constraint absence_real check (not isempty(during) and not lower_inf(during) and not upper_inf(during))
      );
      create index absence_by_clinic on absence (clinic_id, created_at);

      -- Where each patient of an absence stands.
      create table affected_visit (
        id uuid not null default gen_random_uuid(),
        clinic_id uuid not null,
        absence_id uuid not null,
        appointment_id uuid not null,
        state text not null,
        answer_by timestamptz not null,
        event_id uuid,
        answered_at timestamptz,
        answered_by_kind text,
        constraint affected_visit_pkey primary key (id),
        constraint affected_visit_of_clinic unique (clinic_id, id),
        constraint affected_visit_once unique (absence_id, appointment_id),
        constraint affected_visit_absence_fkey foreign key (clinic_id, absence_id) references absence (clinic_id, id),
        constraint affected_visit_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
        constraint affected_visit_event_fkey foreign key (event_id) references appointment_event (id),
        constraint affected_visit_state_known check (state in (
          'waiting', 'offered', 'nothing-free', 'accepted', 'other-time', 'cancelled', 'no-answer', 'withdrawn')),
        constraint affected_visit_answered_whole check ((answered_at is null) = (answered_by_kind is null)),
        constraint affected_visit_answered_by_known check (answered_by_kind in ('patient', 'guest', 'staff', 'system'))
      );
      create unique index affected_visit_open_once on affected_visit (appointment_id) where state in ('waiting', 'offered', 'nothing-free');
      create index affected_visit_due on affected_visit (answer_by) where state = 'offered';

      -- A time held for one patient until the deadline; its rows in the ledger have the offer as owner.
      create table offer (
        id uuid not null default gen_random_uuid(),
        clinic_id uuid not null,
        affected_visit_id uuid not null,
        appointment_id uuid not null,
        calendar_id uuid not null,
        service_id uuid not null,
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        expires_at timestamptz not null,
        state text not null,
        constraint offer_pkey primary key (id),
        constraint offer_affected_visit_fkey foreign key (clinic_id, affected_visit_id) references affected_visit (clinic_id, id),
        constraint offer_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
        constraint offer_calendar_service_fkey foreign key (calendar_id, service_id) references calendar_service (calendar_id, service_id),
        constraint offer_state_known check (state in ('held', 'accepted', 'freed')),
        constraint offer_forward check (ends_at > starts_at)
      );
      create index offer_by_affected_visit on offer (affected_visit_id);
      create index offer_held on offer (appointment_id) where state = 'held';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table offer, affected_visit, absence, planned_change;
      delete from notice n using appointment_event e where e.id = n.event_id and e.kind in ('offered', 'reinstated');
      delete from appointment_event where kind in ('offered', 'reinstated');
      alter table appointment_event
        drop constraint appointment_event_kind_known,
        add constraint appointment_event_kind_known check (kind in (
          'requested', 'booked', 'confirmed', 'rejected', 'expired', 'move-requested', 'moved', 'cancelled'));
      drop index appointment_orphaned;
      alter table appointment
        drop column orphan_kept_by, drop column orphan_kept_at, drop column orphaned_why, drop column orphaned_at;
    `);
  }
}
