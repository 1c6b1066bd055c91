import { Injectable } from '@nestjs/common';
import { mayDo, type StaffActor } from '#libs/access';
import { CalendarsOfClinic } from '#libs/calendars';
import { formatDateTime, type Language, Refusal, translate, wordsIn } from '#libs/platform';
import { instantAt, parseDate } from '#libs/time';
import { WaitingEntries, type WaitingEntryCard } from '#libs/waiting-list';
import type { WantedPlace } from './book.form.js';

/** What a booking for a caller began with: an empty place in the calendar, or an entry of the waiting list. */
@Injectable()
export class BeganWith {
  constructor(
    private readonly calendars: CalendarsOfClinic,
    private readonly entries: WaitingEntries,
  ) {}

  /** The entry that still waits; none for a link that has been used, or that is not theirs. */
  async wish(staff: StaffActor, id: string | undefined): Promise<WaitingEntryCard | undefined> {
    if (id === undefined) return undefined;
    try {
      const entry = await this.entries.find(staff, id);
      return entry.state === 'waiting' ? entry : undefined;
    } catch (error) {
      if (error instanceof Refusal && (error.code === 'not-found' || error.code === 'not-allowed')) return undefined;
      throw error;
    }
  }

  /** A line for the top of the page, so that nobody books another time or wish than they mean. */
  async words(
    staff: StaffActor,
    wanted: WantedPlace,
    wish: WaitingEntryCard | undefined,
    language: Language,
  ): Promise<string | undefined> {
    if (wish) {
      const name = `${wish.person.givenName} ${wish.person.familyName}`;
      return translate(language, 'caller.waiting', { name, service: wordsIn(language, wish.service.name) });
    }
    const { resource, branch, day, time } = wanted;
    const date = day ? parseDate(day) : null;
    if (!resource || !date || !time) return undefined;
    const calendars = await this.calendars.run(staff.clinicId);
    const calendar = calendars.find(
      (each) => each.resourceId === resource && each.branch.id === (branch ?? each.branch.id),
    );
    if (
      !calendar ||
      !mayDo(staff, 'calendar.read', { practitionerId: calendar.practitionerId, branchId: calendar.branch.id })
    )
      return undefined;
    const { zone } = calendar.branch;
    const at = formatDateTime(language, instantAt(date, time, zone), zone, 'full');
    return translate(language, 'caller.wanted-place', { at, name: calendar.name });
  }
}
