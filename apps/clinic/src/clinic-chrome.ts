import { Inject, Injectable } from '@nestjs/common';
import { mayDo, maySomewhere, type Permission, type StaffActor } from '#libs/access';
import { OrphanedVisits, PendingOfClinic, UnclosedVisits } from '#libs/appointments';
import { BusyCalendarsOf } from '#libs/calendar-sync';
import { CLOCK, type Clock } from '#libs/platform';
import { Workplaces } from '#libs/profiles';
import { WaitingEntries } from '#libs/waiting-list';
import type { Chrome, ChromeLink, ChromeSource, WebRequest } from '#libs/web';
import { NoticesWaiting } from './notices/notices-waiting.js';

type Waits = Partial<Record<'pending' | 'waiting' | 'orphaned' | 'unclosed' | 'notices' | 'unread', number>>;

/** A way to a screen, with what somebody must be allowed to do somewhere; `whole`: for the whole clinic. */
interface Way extends Omit<ChromeLink, 'group'> {
  part?: 'lists' | 'schedule' | 'clinic';
  asks: Permission;
  whole?: true;
  /** Only for whoever receives patients. */
  own?: true;
  counts?: keyof Waits;
}

/** A screen that refuses somebody is never shown to them. */
const ways: readonly Way[] = [
  { path: '/calendar', label: 'clinic.nav.calendar', icon: 'calendar-days', asks: 'calendar.read' },
  { path: '/book', label: 'clinic.nav.book', icon: 'calendar-plus', asks: 'appointments.book' },
  { path: '/series', label: 'together.series.nav', icon: 'refresh-cw', asks: 'appointments.book' },
  {
    part: 'lists',
    path: '/pending',
    label: 'clinic.nav.pending',
    icon: 'hourglass',
    asks: 'appointments.decide',
    counts: 'pending',
  },
  {
    part: 'lists',
    path: '/arrivals',
    label: 'desk.end.nav',
    icon: 'door-open',
    asks: 'appointments.step',
    counts: 'unclosed',
  },
  { part: 'lists', path: '/waiting', label: 'waiting.nav', icon: 'users', asks: 'waiting.edit', counts: 'waiting' },
  {
    part: 'lists',
    path: '/orphaned',
    label: 'changes.nav.orphaned',
    icon: 'clipboard-list',
    asks: 'patients.read',
    counts: 'orphaned',
  },
  { part: 'lists', path: '/notices', label: 'notices.nav', icon: 'mail', asks: 'notices.read', counts: 'notices' },
  { part: 'schedule', path: '/hours', label: 'clinic.nav.hours', icon: 'clock', asks: 'hours.read' },
  { part: 'schedule', path: '/calendars', label: 'calendars.nav.calendars', icon: 'layout-grid', asks: 'hours.read' },
  { part: 'schedule', path: '/closures', label: 'clinic.nav.closures', icon: 'calendar-x', asks: 'calendar.read' },
  { part: 'schedule', path: '/ill', label: 'changes.nav.ill', icon: 'bed-double', asks: 'calendar.read' },
  {
    part: 'schedule',
    path: '/my-calendar',
    label: 'busy.nav',
    icon: 'calendar-check',
    asks: 'calendar.read',
    counts: 'unread',
  },
  {
    part: 'schedule',
    path: '/my-feed',
    label: 'inbox.feed.nav',
    icon: 'calendar-plus',
    asks: 'calendar.read',
    own: true,
  },
  { part: 'clinic', path: '/setup', label: 'setup.nav', icon: 'stethoscope', asks: 'profile.edit', whole: true },
  {
    part: 'clinic',
    path: '/services',
    label: 'services.nav',
    icon: 'clipboard-list',
    asks: 'profile.edit',
    whole: true,
  },
  { part: 'clinic', path: '/letters', label: 'letters.nav', icon: 'mail', asks: 'letters.edit', whole: true },
  { part: 'clinic', path: '/screens', label: 'paper.screens.nav', icon: 'monitor', asks: 'screens.edit' },
  { part: 'clinic', path: '/staff', label: 'staff.nav', icon: 'users', asks: 'staff.edit', whole: true },
  { part: 'clinic', path: '/audit', label: 'staff.nav-audit', icon: 'eye', asks: 'audit.read', whole: true },
  { part: 'clinic', path: '/import', label: 'import.nav', icon: 'download', asks: 'profile.edit', whole: true },
];

const isOpenTo = (actor: StaffActor, { asks, whole, own }: Way): boolean =>
  (!own || actor.practitionerId !== null) && (whole ? mayDo(actor, asks) : maySomewhere(actor, asks));

/** Who is signed in, at which clinic, and the way around the staff app with the numbers of what waits. */
@Injectable()
export class ClinicChrome implements ChromeSource {
  constructor(
    private readonly workplaces: Workplaces,
    private readonly pending: PendingOfClinic,
    private readonly orphaned: OrphanedVisits,
    private readonly waiting: WaitingEntries,
    private readonly unclosed: UnclosedVisits,
    private readonly noticesWaiting: NoticesWaiting,
    private readonly ownCalendars: BusyCalendarsOf,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(request: WebRequest): Promise<Chrome> {
    const actor = await request.actor();
    if (actor.kind !== 'staff') return { links: [] };
    const [places, waits] = await Promise.all([this.workplaces.of(actor.accountId), this.waits(actor)]);
    const place = places.find(({ clinicId }) => clinicId === actor.clinicId);
    const links = ways
      .filter((way) => isOpenTo(actor, way))
      .map(({ path, label, icon, counts, part }, n, open): ChromeLink => {
        const count = counts && waits[counts];
        const group = part && part !== open[n - 1]?.part && `clinic.nav.group.${part}`;
        return { path, label, ...(icon && { icon }), ...(count !== undefined && { count }), ...(group && { group }) };
      });
    const elsewhere = { path: '/workplace', label: 'clinic.nav.workplace', icon: 'building-2' };
    return {
      actorName: actor.name,
      actorPlace: place?.clinicName ?? '',
      links: places.length > 1 ? [...links, elsewhere] : links,
    };
  }

  private async waits(actor: StaffActor): Promise<Waits> {
    const { clinicId } = actor;
    const ask = (permission: Permission, count: () => Promise<number>): Promise<number> =>
      maySomewhere(actor, permission) ? count() : Promise.resolve(0);
    const [pending, waiting, orphaned, unclosed, notices, unread] = await Promise.all([
      ask('appointments.decide', () => this.pending.count(actor, clinicId)),
      ask('waiting.edit', () => this.waiting.count(actor, clinicId)),
      ask('patients.read', () => this.orphaned.count(actor, clinicId)),
      ask('appointments.step', () => this.unclosed.count(actor, clinicId)),
      this.noticesWaiting.of(actor),
      ask('calendar.read', () => this.ownCalendars.countUnread(actor, clinicId, this.clock.now())),
    ]);
    const sum = Object.values(notices).reduce((whole, each) => whole + each, 0);
    return { pending, waiting, orphaned, unclosed, notices: sum, unread };
  }
}
