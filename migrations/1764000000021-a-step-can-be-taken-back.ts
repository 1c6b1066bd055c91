import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The desk's own steps: arrived, in the room, done, missed; what can be undone; whether and why nobody was told. */
export class AStepCanBeTakenBack1764000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- minutes: the length that staff gave the visit; null: its service's.
      -- undo: where it stood before the staff's last step, for as long as that step can be undone.
      alter table appointment
        add column minutes smallint,
        add column undo jsonb,
        add constraint appointment_minutes_sane check (minutes between 5 and 480);

      -- held: staff may undo the step for ten seconds, so that only its own job, which comes later, tells of it.
      -- overrides: against what staff booked knowingly.
      alter table appointment_event
        drop constraint appointment_event_kind_known,
        add constraint appointment_event_kind_known check (kind in (
          'requested', 'booked', 'confirmed', 'rejected', 'expired', 'move-requested', 'moved', 'cancelled',
          'offered', 'reinstated', 'arrived', 'admitted', 'fulfilled', 'missed', 'undone')),
        add column held boolean not null default false,
        add column undoes uuid,
        add column untold_why text,
        add column overrides text[] not null default '{}',
        add constraint appointment_event_undoes_fkey foreign key (undoes) references appointment_event (id),
        add constraint appointment_event_undoes_once unique (undoes),
        add constraint appointment_event_undoes_if_undone check (undoes is null or kind = 'undone'),
        add constraint appointment_event_untold_known check (untold_why in (
          'told-in-person', 'told-by-phone', 'asked-not-to', 'not-reachable', 'other')),
        add constraint appointment_event_untold_is_untold check (untold_why is null or not tells),
        add constraint appointment_event_overrides_known check (overrides <@ array['outside-hours', 'over-quota', 'beside']);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- History is kept (promise 5; faults.md K1).
      do $$ begin
        if exists (select from appointment_event where kind in ('arrived', 'admitted', 'fulfilled', 'missed', 'undone') or overrides <> '{}') then
          raise exception 'steps of visits would be lost; restore a backup instead';
        end if;
      end $$;
      alter table appointment_event
        drop column overrides, drop column untold_why, drop column undoes, drop column held,
        drop constraint appointment_event_kind_known,
        add constraint appointment_event_kind_known check (kind in (
          'requested', 'booked', 'confirmed', 'rejected', 'expired', 'move-requested', 'moved', 'cancelled',
          'offered', 'reinstated'));
      alter table appointment drop column undo, drop column minutes;
    `);
  }
}
