import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { actorOf, type StaffActor } from '#libs/access';
import { Appointments, DayOfBranch, type WatchedDays } from '#libs/appointments';
import { localDate } from '#libs/time';
import { RateLimit, SessionCookie, type WebRequest } from '#libs/web';
import { ChooseDay } from '../calendar/chosen-day.js';
import { StaffOf } from '../staff-of.decorator.js';
import { EventsQuery } from './events.query.js';
import { beginEvents, Streams } from './streams.js';
import { Watches } from './watches.js';

/**
 * Tells open calendars that something on their days changed: `event: version` with an opaque version at once and with each
 * change, and `event: beat` each 15 seconds. What changed is asked for as before, with the reader's own permissions.
 */
@Controller('api/calendar')
export class EventsController {
  constructor(
    private readonly chosen: ChooseDay,
    private readonly days: DayOfBranch,
    private readonly appointments: Appointments,
    private readonly watches: Watches,
    private readonly streams: Streams,
    private readonly cookie: SessionCookie,
  ) {}

  /** Who does not accept `text/event-stream` and nothing else is told the version of now, and that is all. */
  @Get('events')
  @RateLimit('calendar-events', { perMinute: 120, by: 'session' })
  async events(
    @Query() query: EventsQuery,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { watched, version } = await this.allowed(staff, query);
    if (request.method === 'HEAD' || request.headers.accept !== 'text/event-stream') {
      beginEvents(response);
      response.end(request.method === 'HEAD' ? '' : `event: version\ndata: ${version}\n\n`);
      return;
    }
    this.streams.begin(response, {
      sessionId: staff.sessionId,
      mayStay: () => this.mayStay(request, staff, query),
      feed: (stream) => this.watches.watch(watched, (each) => stream.send('version', each)),
    });
  }

  /** The checks of the day itself. @throws Refusal as they do */
  private async allowed(staff: StaffActor, query: EventsQuery): Promise<{ watched: WatchedDays; version: string }> {
    const { branch, day } = await this.chosen.run(staff, await this.placeOf(staff, query));
    const version = await this.days.version(staff, branch.id, day);
    return { watched: { branchId: branch.id, first: day, last: day.add({ days: query.days ?? 1 }) }, version };
  }

  private async placeOf(staff: StaffActor, query: EventsQuery): Promise<EventsQuery> {
    if (query.appointment === undefined) return query;
    const view = await this.appointments.find(staff, query.appointment);
    return { branch: view.branch.id, day: localDate(view.start, view.timeZone).toString() };
  }

  /** Asked anew, as the request keeps what it has read: by the same person, at the same clinic. */
  private async mayStay(request: WebRequest, staff: StaffActor, query: EventsQuery): Promise<boolean> {
    const actor = actorOf(await this.cookie.find(request));
    if (actor.kind !== 'staff' || actor.staffMemberId !== staff.staffMemberId) return false;
    await this.allowed(actor, query);
    return true;
  }
}
