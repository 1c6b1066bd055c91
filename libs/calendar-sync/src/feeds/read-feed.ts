import { Inject, Injectable } from '@nestjs/common';
import { StaffToday } from '#libs/access';
import { AppointmentsOfAccount, type AppointmentView } from '#libs/appointments';
import { type FeedEvent, feedEventOf, visitOf, writeFeed } from '#libs/notifications';
import { CLOCK, type Clock, Database, environment, type Language, translate } from '#libs/platform';
import { shownSince, standsInFeed } from '../rules/stands-in-feed.js';
import { feedNamedBy, opensFeed } from './feed-secret.js';
import { practitionerVisits } from './practitioner-visits.js';

/** How far ahead a practitioner's feed reaches: somebody whose day is full has no use for next year's in one file. */
const daysAhead = 120;
/** Nobody has more visits than these at once. */
const mostOfAccount = 500;

interface Row {
  accountId: string | null;
  staffMemberId: string | null;
  generation: number;
  language: Language;
}

/**
 * A calendar as the program reads it that was given its address. A person's shows what their letters may say (S-2.40); a
 * practitioner's shows when and where they see somebody, and nothing of whom or for what: both land in calendars that others
 * may read.
 */
@Injectable()
export class ReadFeed {
  constructor(
    private readonly database: Database,
    private readonly appointments: AppointmentsOfAccount,
    private readonly staff: StaffToday,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param secret the end of the address
   * @returns undefined for a secret that is none, was replaced or stopped, or whose owner works there no more
   */
  async run(secret: string): Promise<string | undefined> {
    const id = feedNamedBy(secret);
    if (id === null) return undefined;
    const [row] = await this.database.read<Row>(
      `select account_id as "accountId", staff_member_id as "staffMemberId", generation, language
         from calendar_feed where id = $1 and revoked_at is null`,
      [id],
    );
    if (!row || !opensFeed(secret, id, row.generation)) return undefined;
    const calendar = await this.calendarOf(row);
    if (calendar) await this.noteRead(id);
    return calendar;
  }

  private async calendarOf({ accountId, staffMemberId, language }: Row): Promise<string | undefined> {
    const name = translate(language, 'inbox.feed.name');
    if (accountId !== null) return writeFeed({ name, events: await this.ofAccount(accountId, language) });
    const events = await this.ofStaff(staffMemberId ?? '', language);
    return events && writeFeed({ name, events });
  }

  private async ofAccount(accountId: string, language: Language): Promise<FeedEvent[]> {
    const now = this.clock.now();
    const views: AppointmentView[] = [];
    const actor = { kind: 'guest', accountId, sessionId: 'feed' } as const;
    for (let cursor: string | null | undefined; cursor !== null && views.length < mostOfAccount;) {
      const page = await this.appointments.run(actor, { from: shownSince(now), limit: 100, ...(cursor && { cursor }) });
      views.push(...page.items);
      cursor = page.next;
    }
    const changed = (view: AppointmentView): Temporal.Instant => view.lastStep?.at ?? view.createdAt;
    return views
      .filter((view) => standsInFeed({ ...view, changed: changed(view) }, now))
      .map((view) => feedEventOf(visitOf(view, changed(view), language)));
  }

  private async ofStaff(staffMemberId: string, language: Language): Promise<FeedEvent[] | undefined> {
    const today = await this.staff.run(staffMemberId, 'feed');
    if (!today?.isStaff || today.actor.practitionerId === null) return undefined;
    const { clinicId, practitionerId, branchIds } = today.actor;
    const now = this.clock.now();
    const visits = await practitionerVisits(this.database, {
      clinicId,
      practitionerId,
      branchIds,
      from: shownSince(now),
      to: now.add({ hours: daysAhead * 24 }),
    });
    const site = environment().clinicUrl ?? '';
    return visits
      .filter((visit) => standsInFeed(visit, now))
      .map((visit) => {
        const page = `${site}/${language}/appointments/${visit.id}`;
        const summary = translate(language, 'mail.invitation.summary');
        const isOpen = visit.status === 'pending';
        const isOff = visit.status === 'cancelled' || visit.status === 'entered-in-error';
        const room = visit.room === null ? [] : [translate(language, 'mail.room', { room: visit.room })];
        return {
          ...visit,
          status: isOpen ? 'TENTATIVE' : isOff ? 'CANCELLED' : 'CONFIRMED',
          summary: isOpen ? translate(language, 'mail.invitation.tentative', { summary }) : summary,
          description: translate(language, 'inbox.feed.staff-page', { page }),
          location: [visit.address, ...room].join(', '),
          page,
        } as const;
      });
  }

  /** When a program was last here, to the hour: the owner sees whether anything still reads it. */
  private async noteRead(id: string): Promise<void> {
    await this.database.read(
      `update calendar_feed set last_read_at = date_trunc('hour', $2::timestamptz)
        where id = $1 and last_read_at is distinct from date_trunc('hour', $2::timestamptz)`,
      [id, this.clock.now().toString()],
    );
  }
}
