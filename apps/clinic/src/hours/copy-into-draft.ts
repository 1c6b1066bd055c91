import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import {
  type CalendarHours,
  copyMonth,
  copyPattern,
  copyWeek,
  HoursOfCalendar,
  type HoursToEdit,
} from '#libs/calendars';
import type { HoursForm } from './hours.form.js';
import { type EditedHours, stillToCome } from './edited-hours.js';
import type { FieldMistake } from './line-form.js';

export interface Copied {
  hours: CalendarHours;
  mistakes: FieldMistake[];
  /** What to say of it, if something was copied. */
  said?: string;
  args?: Record<string, number>;
}

/** Brings hours of another week, month or calendar into those that are being edited. */
@Injectable()
export class CopyIntoDraft {
  constructor(private readonly hours: HoursOfCalendar) {}

  /** @throws Refusal `not-found`, `not-allowed` of the calendar that is copied from */
  async run(actor: StaffActor, edited: EditedHours, typed: CalendarHours, form: HoursForm): Promise<Copied> {
    const nothing = { hours: typed, mistakes: [] };
    const { copy } = form;
    const missing = (field: string): Copied => ({
      hours: typed,
      mistakes: [{ field: `copy.${field}`, code: 'required' }],
    });
    switch (form.action) {
      case 'copy-week':
        if (!copy?.weekFrom) return missing('weekFrom');
        if (!copy.weekTo) return missing('weekTo');
        return this.days(edited, typed, copyWeek, copy.weekFrom, copy.weekTo);
      case 'copy-month':
        if (!copy?.monthFrom) return missing('monthFrom');
        if (!copy.monthTo) return missing('monthTo');
        return this.days(edited, typed, copyMonth, `${copy.monthFrom}-01`, `${copy.monthTo}-01`);
      case 'copy-calendar': {
        if (!copy?.calendar) return missing('calendar');
        const source = await this.hours.run(actor, copy.calendar);
        const isPublished = source.published.weekly.length > 0;
        const from = isPublished || source.draft === null ? source.published : source.draft;
        const services = new Set(edited.services.map(({ id }) => id));
        const { hours, leftOut } = copyPattern(typed, stillToCome(from, edited.today), services);
        return { hours, mistakes: [], said: 'hours.done.copied-calendar', args: { n: leftOut } };
      }
      default:
        return nothing;
    }
  }

  private async days(
    { calendar }: HoursToEdit,
    typed: CalendarHours,
    rule: typeof copyWeek,
    from: string,
    to: string,
  ): Promise<Copied> {
    const target = Temporal.PlainDate.from(to);
    const dayRule = await this.hours.dayRules(calendar, target.subtract({ days: 7 }), target.add({ days: 40 }));
    const { hours, leftClosed } = rule(typed, Temporal.PlainDate.from(from), target, dayRule);
    return { hours, mistakes: [], said: 'hours.done.copied-days', args: { n: leftClosed.length } };
  }
}
