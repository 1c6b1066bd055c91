import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promise 8: hours of odd and even weeks, of some services only, and of single days; an empty draft is a draft, too. */
export class HoursAsPeopleThink1764000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- week_parity is the ISO week's number, not every other week: a year of 53 weeks is followed by another odd one.
      -- service_ids null: all of the calendar's services.
      alter table working_hours
        add column week_parity text,
        add column service_ids uuid[],
        add constraint working_hours_parity_known check (week_parity is null or (week_parity in ('odd', 'even') and every_nth_week = 1)),
        add constraint working_hours_services_some check (cardinality(service_ids) between 1 and 100);

      -- All hours of one day, instead of the week's; a row without times says that there are none. They hold on public
      -- holidays, too. Unpublished rows belong to the draft, as with working_hours.
      create table day_hours (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        calendar_id uuid not null,
        day date not null,
        starts time,
        ends time,
        service_ids uuid[],
        published boolean not null,
        constraint day_hours_pkey primary key (id),
        constraint day_hours_calendar_fkey foreign key (clinic_id, calendar_id) references calendar (clinic_id, id),
        constraint day_hours_forward check (ends > starts),
        constraint day_hours_both_or_none check (num_nulls(starts, ends) in (0, 2)),
        constraint day_hours_services_some check (service_ids is null or (cardinality(service_ids) between 1 and 100 and starts is not null))
      );
      create index day_hours_by_calendar on day_hours (calendar_id, published, day);

      alter table calendar add column has_draft_hours boolean not null default false;
      update calendar c set has_draft_hours = true
       where exists (select from working_hours h where h.calendar_id = c.id and not h.published);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table calendar drop column has_draft_hours;
      drop table day_hours;
      alter table working_hours drop column week_parity, drop column service_ids;
    `);
  }
}
