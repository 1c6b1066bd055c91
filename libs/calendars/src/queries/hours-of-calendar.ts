import { Injectable } from '@nestjs/common';
import { requireSomewhere, requireStaff, type Actor } from '#libs/access';
import { Database, rangeOf, Refusal, type Words } from '#libs/platform';
import type { Interval } from '#libs/time';
import type { Payer } from '../calendar.entity.js';
import { hoursOf, weeklyHoursOfClinic } from '../hours-rows.js';
import { closuresOf, publishedCalendar, type PublishedCalendar, yieldedOpenings } from '../openings-of-calendar.js';
import type { CalendarHours, WeeklyRange } from '../rules/calendar-hours.js';
import type { DayRule } from '../rules/day-rule.js';
import type { OpenTime } from '../rules/openings.js';
import type { VisitRules } from '../rules/visit.js';
import { dayRules } from './days-of-clinic.js';

/** A service of a calendar with what its slots are made of; `hasSlots` is false where it is booked by sessions. */
export interface ServiceOfHours {
  id: string;
  name: Words;
  hasSlots: boolean;
  visit: VisitRules;
}

export interface HoursToEdit {
  calendar: PublishedCalendar;
  published: CalendarHours;
  /** Null: there is no draft. One without hours says that the calendar offers nothing. */
  draft: CalendarHours | null;
  /** Its active services. */
  services: ServiceOfHours[];
}

/** Time that the same practitioner, room or device is open for in another calendar of the clinic. */
export interface OpenElsewhere extends Interval {
  payer: Payer;
  branch: string;
}

export interface HoursPreview {
  open: OpenTime;
  closures: Interval[];
  dayRule: (day: Temporal.PlainDate) => DayRule;
  elsewhere: OpenElsewhere[];
}

type ServiceRow = Omit<ServiceOfHours, 'visit'> & VisitRules;

/** The hours of a calendar for its editor. */
@Injectable()
export class HoursOfCalendar {
  constructor(private readonly database: Database) {}

  /** Refusals: `not-found` another clinic's calendar, `not-allowed`. */
  async run(actor: Actor, calendarId: string): Promise<HoursToEdit> {
    const calendar = await publishedCalendar(this.database.reader, calendarId);
    if (!calendar) throw new Refusal('not-found');
    requireStaff(actor, calendar.clinicId, 'hours.read', { branchId: calendar.branchId });
    const [state] = await this.database.read<{ drafted: boolean }>(
      `select has_draft_hours as drafted from calendar where id = $1`,
      [calendarId],
    );
    return {
      calendar,
      published: await hoursOf(this.database.reader, calendarId, true),
      draft: state?.drafted ? await hoursOf(this.database.reader, calendarId, false) : null,
      services: await this.services(calendarId),
    };
  }

  /** The published weekly hours of the clinic's calendars, by the calendar's id. Refusals: `not-found`, `not-allowed`. */
  async ofClinic(actor: Actor, clinicId: string): Promise<ReadonlyMap<string, readonly WeeklyRange[]>> {
    requireSomewhere(actor, clinicId, 'hours.read');
    return weeklyHoursOfClinic(this.database.reader, clinicId);
  }

  private async services(calendarId: string): Promise<ServiceOfHours[]> {
    const rows = await this.database.read<ServiceRow>(
      `select s.id, s.name, not cs.by_session as "hasSlots", cs.minutes, cs.buffer_before as "bufferBefore",
              cs.buffer_after as "bufferAfter", c.buffers_may_leave_opening as "buffersMayLeaveOpening", c.grid_minutes as grid
         from calendar c
         join calendar_service cs on cs.calendar_id = c.id and cs.active
         join service s on s.id = cs.service_id
        where c.id = $1
        order by s.id`,
      [calendarId],
    );
    return rows.map(({ id, name, hasSlots, ...visit }) => ({ id, name, hasSlots, visit }));
  }

  /** What hours would yield from `from` until `to` (exclusive), by the function that publishing asks, and why not more. */
  async preview(
    calendar: PublishedCalendar,
    hours: CalendarHours,
    from: Temporal.PlainDate,
    to: Temporal.PlainDate,
  ): Promise<HoursPreview> {
    const span = {
      start: from.toZonedDateTime(calendar.zone).toInstant(),
      end: to.toZonedDateTime(calendar.zone).toInstant(),
    };
    const elsewhere = await this.database.read<{ start: Date; end: Date; payer: Payer; branch: string }>(
      `select lower(o.during) as start, upper(o.during) as "end", c.payer, b.name as branch
         from calendar c
         join opening o on o.calendar_id = c.id and o.during && $4::tstzrange
         join branch b on b.id = c.branch_id
        where c.resource_id = $1 and c.clinic_id = $2 and c.id <> $3
        order by o.during`,
      [calendar.resourceId, calendar.clinicId, calendar.id, rangeOf(span)],
    );
    return {
      open: await yieldedOpenings(this.database.reader, calendar, hours, from, to),
      closures: await closuresOf(this.database.reader, calendar, span),
      dayRule: await dayRules(this.database.reader, calendar, from, to),
      elsewhere: elsewhere.map(({ start, end, ...rest }) => ({
        ...rest,
        start: start.toTemporalInstant(),
        end: end.toTemporalInstant(),
      })),
    };
  }

  /** What each day of a calendar's branch is, for copying hours onto it. */
  dayRules(
    calendar: PublishedCalendar,
    from: Temporal.PlainDate,
    to: Temporal.PlainDate,
  ): Promise<(day: Temporal.PlainDate) => DayRule> {
    return dayRules(this.database.reader, calendar, from, to);
  }
}
