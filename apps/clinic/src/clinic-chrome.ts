import { Injectable } from '@nestjs/common';
import { PendingOfClinic } from '#libs/appointments';
import { CalendarsOfClinic } from '#libs/calendars';
import type { Chrome, ChromeLink, ChromeSource, WebRequest } from '#libs/web';

const links = (pending: number): ChromeLink[] => [
  { path: '/calendar', label: 'clinic.nav.calendar', icon: 'calendar-days' },
  { path: '/book', label: 'clinic.nav.book', icon: 'calendar-plus' },
  { path: '/pending', label: 'clinic.nav.pending', icon: 'hourglass', count: pending },
  { path: '/hours', label: 'clinic.nav.hours', icon: 'clock' },
  { path: '/closures', label: 'clinic.nav.closures', icon: 'calendar-x' },
];

/** Who is signed in, at which clinic, and the way around the staff app with the number of requests that wait. */
@Injectable()
export class ClinicChrome implements ChromeSource {
  constructor(
    private readonly calendars: CalendarsOfClinic,
    private readonly pending: PendingOfClinic,
  ) {}

  async of(request: WebRequest): Promise<Chrome> {
    const actor = await request.actor();
    if (actor.kind !== 'staff') return { links: [] };
    const [actorPlace, waiting] = await Promise.all([
      this.calendars.clinicName(actor.clinicId),
      this.pending.count(actor, actor.clinicId),
    ]);
    return { actorName: actor.name, actorPlace, links: links(waiting) };
  }
}
