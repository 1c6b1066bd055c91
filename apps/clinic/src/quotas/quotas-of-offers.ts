import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { type ClinicCalendar, type FirstTimes, QuotasOfClinic } from '#libs/calendars';
import type { Language } from '#libs/platform';
import { localDate } from '#libs/time';
import { type QuotaNote, quotaNotes } from './quotas.view.js';

/** Months that are looked at: first free times lie close together. */
const mostMonths = 3;

/** What is used of the quotas that state-paid times on offer count against, for whoever books them for a caller. */
@Injectable()
export class QuotasOfOffers {
  constructor(private readonly quotas: QuotasOfClinic) {}

  async run(
    staff: StaffActor,
    found: readonly FirstTimes[],
    calendars: readonly ClinicCalendar[],
    language: Language,
  ): Promise<QuotaNote[]> {
    const byId = new Map(calendars.map((calendar) => [calendar.id, calendar]));
    const months = new Map<string, Set<string>>();
    for (const { calendarId, starts } of found) {
      const calendar = byId.get(calendarId);
      const [first] = starts;
      if (calendar?.payer !== 'state' || first === undefined) continue;
      const month = localDate(first, calendar.branch.zone).toPlainYearMonth().toString();
      months.set(month, (months.get(month) ?? new Set()).add(calendar.resourceId));
    }
    const notes = await Promise.all(
      [...months]
        .sort(([a], [b]) => a.localeCompare(b))
        .slice(0, mostMonths)
        .map(async ([month, resources]) =>
          quotaNotes(
            await this.quotas.inMonth(staff, staff.clinicId, Temporal.PlainYearMonth.from(month), [...resources]),
            language,
          ),
        ),
    );
    return notes.flat();
  }
}
