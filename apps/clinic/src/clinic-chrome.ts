import { Injectable } from '@nestjs/common';
import { mayDo } from '#libs/access';
import { OrphanedVisits, PendingOfClinic } from '#libs/appointments';
import { Workplaces } from '#libs/profiles';
import type { Chrome, ChromeLink, ChromeSource, WebRequest } from '#libs/web';

const links = (
  { pending, orphaned }: { pending: number; orphaned: number },
  { hasSeveral, isAdmin }: { hasSeveral: boolean; isAdmin: boolean },
): ChromeLink[] => [
  { path: '/calendar', label: 'clinic.nav.calendar', icon: 'calendar-days' },
  { path: '/book', label: 'clinic.nav.book', icon: 'calendar-plus' },
  { path: '/series', label: 'together.series.nav', icon: 'refresh-cw' },
  { path: '/pending', label: 'clinic.nav.pending', icon: 'hourglass', count: pending },
  { path: '/orphaned', label: 'changes.nav.orphaned', icon: 'clipboard-list', count: orphaned },
  { path: '/hours', label: 'clinic.nav.hours', icon: 'clock' },
  { path: '/calendars', label: 'calendars.nav.calendars', icon: 'layout-grid' },
  { path: '/closures', label: 'clinic.nav.closures', icon: 'calendar-x' },
  { path: '/ill', label: 'changes.nav.ill', icon: 'bed-double' },
  ...(isAdmin ? [{ path: '/setup', label: 'setup.nav', icon: 'stethoscope' }] : []),
  ...(isAdmin ? [{ path: '/services', label: 'services.nav', icon: 'clipboard-list' }] : []),
  ...(isAdmin ? [{ path: '/import', label: 'import.nav', icon: 'download' }] : []),
  ...(hasSeveral ? [{ path: '/workplace', label: 'clinic.nav.workplace', icon: 'building-2' }] : []),
];

/** Who is signed in, at which clinic, and the way around the staff app with the numbers of what waits. */
@Injectable()
export class ClinicChrome implements ChromeSource {
  constructor(
    private readonly workplaces: Workplaces,
    private readonly pending: PendingOfClinic,
    private readonly orphaned: OrphanedVisits,
  ) {}

  async of(request: WebRequest): Promise<Chrome> {
    const actor = await request.actor();
    if (actor.kind !== 'staff') return { links: [] };
    const [places, pending, orphaned] = await Promise.all([
      this.workplaces.of(actor.accountId),
      this.pending.count(actor, actor.clinicId),
      this.orphaned.count(actor, actor.clinicId),
    ]);
    const place = places.find(({ clinicId }) => clinicId === actor.clinicId);
    return {
      actorName: actor.name,
      actorPlace: place?.clinicName ?? '',
      links: links({ pending, orphaned }, { hasSeveral: places.length > 1, isAdmin: mayDo(actor, 'profile.edit') }),
    };
  }
}
