import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a visit takes place can change without its time, and what comes back to the address of the letters is kept. */
export class AnAnswerComesBack1764000000037 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- room: where staff put this one visit; null: the rooms that it takes, else the branch's.
      alter table appointment
        add column room text,
        add constraint appointment_room_sane check (length(room) between 1 and 50);

      -- A branch has moved, or its room is called otherwise: {address, city, postalCode, room}. Only for what its
      -- patients are told of; a mended spelling leaves no row.
      create table branch_move (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        branch_id uuid not null,
        at timestamptz not null,
        staff_member_id uuid not null,
        actor_name text not null,
        from_place jsonb not null,
        to_place jsonb not null,
        constraint branch_move_pkey primary key (id),
        constraint branch_move_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id) on delete cascade,
        constraint branch_move_staff_member_fkey foreign key (staff_member_id) references staff_member (id)
      );
      create index branch_move_of_branch on branch_move (clinic_id, branch_id);

      -- from_place, to_place: where a visit was and is, of steps that change nothing else.
      -- branch_move_id: the move of its branch that it tells of, each once.
      alter table appointment_event
        drop constraint appointment_event_kind_known,
        add constraint appointment_event_kind_known check (kind in (
          'requested', 'booked', 'confirmed', 'rejected', 'expired', 'move-requested', 'moved', 'cancelled',
          'offered', 'reinstated', 'arrived', 'admitted', 'fulfilled', 'missed', 'undone', 'details-changed')),
        add column from_place jsonb,
        add column to_place jsonb,
        add column branch_move_id uuid,
        add constraint appointment_event_places_whole check (
          (kind = 'details-changed') = (from_place is not null) and (from_place is null) = (to_place is null)),
        add constraint appointment_event_branch_move_fkey foreign key (branch_move_id) references branch_move (id),
        add constraint appointment_event_branch_move_once unique (appointment_id, branch_move_id);

      -- What arrives at the address of the letters: a calendar's answer, a report that a letter came back, an automatic
      -- answer, or somebody's own words. message_hash: of its Message-ID, so that what arrives twice is kept once.
      -- sender: masked. from_contact: it is the address that the visit's letters go to, which proves nothing.
      -- text_sealed: what they wrote. answered_sequence: the state of the visit that the calendar answered to.
      create table incoming_mail (
        id uuid not null default uuidv7(),
        message_hash bytea not null,
        kind text not null,
        received_at timestamptz not null,
        clinic_id uuid,
        appointment_id uuid,
        notice_id uuid,
        sender text,
        from_contact boolean not null default false,
        partstat text,
        answered_sequence integer,
        status_code text,
        text_sealed bytea,
        handled_at timestamptz,
        handled_by uuid,
        constraint incoming_mail_pkey primary key (id),
        constraint incoming_mail_once unique (message_hash),
        constraint incoming_mail_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id) on delete cascade,
        constraint incoming_mail_notice_fkey foreign key (notice_id) references notice (id) on delete cascade,
        constraint incoming_mail_handled_by_fkey foreign key (handled_by) references staff_member (id),
        constraint incoming_mail_kind_known check (kind in ('calendar-reply', 'bounce', 'auto-reply', 'letter')),
        constraint incoming_mail_partstat_known check (partstat in ('accepted', 'declined', 'tentative', 'counter')),
        constraint incoming_mail_partstat_if_reply check (partstat is null or kind = 'calendar-reply'),
        constraint incoming_mail_of_a_clinic check (appointment_id is null or clinic_id is not null),
        constraint incoming_mail_text_if_visit check (text_sealed is null or appointment_id is not null),
        constraint incoming_mail_handled_whole check ((handled_at is null) = (handled_by is null))
      );
      create index incoming_mail_to_read on incoming_mail (clinic_id, received_at desc)
        where kind in ('calendar-reply', 'letter') and appointment_id is not null;
      create index incoming_mail_by_appointment on incoming_mail (appointment_id, received_at desc)
        where appointment_id is not null;
      create index incoming_mail_by_age on incoming_mail (received_at);
      create index incoming_mail_by_notice on incoming_mail (notice_id) where notice_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- History is kept (promise 5; faults.md K1).
      do $$ begin
        if exists (select from appointment_event where kind = 'details-changed') then
          raise exception 'changes of visits would be lost; restore a backup instead';
        end if;
      end $$;
      drop table incoming_mail;
      alter table appointment_event
        drop constraint appointment_event_branch_move_once, drop constraint appointment_event_places_whole,
        drop column branch_move_id, drop column to_place, drop column from_place,
        drop constraint appointment_event_kind_known,
        add constraint appointment_event_kind_known check (kind in (
          'requested', 'booked', 'confirmed', 'rejected', 'expired', 'move-requested', 'moved', 'cancelled',
          'offered', 'reinstated', 'arrived', 'admitted', 'fulfilled', 'missed', 'undone'));
      drop table branch_move;
      alter table appointment drop column room;
    `);
  }
}
