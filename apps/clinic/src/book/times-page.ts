import { Inject, Injectable } from '@nestjs/common';
import { mayDo, type StaffActor } from '#libs/access';
import { CalendarsOfClinic, type ClinicCalendar, type FirstTimes, FirstTimesOfClinic } from '#libs/calendars';
import { CLOCK, type Clock, formatTime, type Language, translate, wordsIn } from '#libs/platform';
import { localDate } from '#libs/time';
import { filled, type FormState, Pages, type WebRequest } from '#libs/web';
import type { OverrideModel } from '../overriding.js';
import { QuotasOfOffers } from '../quotas/quotas-of-offers.js';
import { BeganWith } from './began-with.js';
import { noticeWays, type TimesForm } from './book.form.js';
import { allOffers, carried, dayOfWish, earliest, firstTimes, offers, personModel, slotValue } from './book.view.js';
import { lastOffer } from './last-offer.js';
import { detailsOf, type Person } from './person-asked.js';
import { wantedOffers } from './wanted-offers.js';

/** What is looked for: as the form says, else what the booking began with, else what was booked last. */
interface Wanted {
  q?: string | undefined;
  payer?: 'state' | 'paid' | undefined;
  practitioner?: string | undefined;
  place?: string | undefined;
}

interface Shown {
  status: number;
  override: OverrideModel | null;
  /** Whether what was refused was a walk-in, which the override goes on with. */
  isWalkIn?: boolean;
}

/** The second page for a caller: the first free times, each a button that books. */
@Injectable()
export class TimesPage {
  constructor(
    private readonly pages: Pages,
    private readonly calendars: CalendarsOfClinic,
    private readonly firstTimes: FirstTimesOfClinic,
    private readonly quotas: QuotasOfOffers,
    private readonly beganWith: BeganWith,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The calendars in which these staff may book. */
  async calendarsOf(staff: StaffActor): Promise<ClinicCalendar[]> {
    const all = await this.calendars.run(staff.clinicId);
    return all.filter(({ practitionerId, resourceId, branch }) =>
      mayDo(staff, 'appointments.book', { practitionerId: practitionerId ?? resourceId, branchId: branch.id }),
    );
  }

  async show(
    value: TimesForm,
    person: Person,
    form: FormState,
    staff: StaffActor,
    request: WebRequest,
    { status, override, isWalkIn = false }: Shown = { status: 200, override: null },
  ): Promise<string> {
    const { language } = request;
    const [calendars, wish] = await Promise.all([this.calendarsOf(staff), this.beganWith.wish(staff, value.waiting)]);
    const zone = calendars[0]?.branch.zone ?? 'Europe/Riga';
    const now = this.clock.now();
    const isPlace = value.resource !== undefined && value.time !== undefined;
    const wanted = this.wanted(value, calendars, request, wish);
    const { serviceIds, resourceIds } = wantedOffers(wanted.q, calendars);
    const found = await this.found(
      staff,
      calendars,
      { ...wanted, serviceIds, resourceIds },
      value.from ?? value.day,
      zone,
    );
    const contact = detailsOf(person);
    const email = (wish?.person.email ?? contact.email) || '';
    const origin = wish && wish.channel !== 'portal' ? wish.channel : 'phone';
    const values = {
      origin,
      phone: (wish?.person.phone ?? contact.phone) || '',
      email,
      notice: email ? 'send' : noticeOf(value.origin ?? origin),
      onDay: value.day ?? localDate(now, zone).toString(),
      atTime: value.time ?? nextFive(now, zone),
      ...filled({ ...wanted }),
      ...form.values,
    };
    const model = {
      person: personModel(contact, language),
      began: await this.beganWith.words(staff, value, wish, language),
      hidden: { ...carried(value), asked: 'on' },
      form: { ...form, values },
      first: firstTimes(found, calendars, language),
      offers: offers(found, calendars, language),
      walkIn: this.walkIn(found, calendars, now, language),
      quotas: await this.quotas.run(staff, found, calendars, language),
      wasAsked: Boolean(wanted.q),
      all: allOffers(calendars, language, isPlace ? value : { resource: wanted.practitioner, branch: wanted.place }),
      isPlace,
      isFirst: Boolean(wanted.q) && !isPlace && form.mistakes.length === 0,
      ...choices(calendars, language),
      slotError: form.errors['slot'],
      override: override && { ...override, slot: form.values['slot'], isWalkIn },
      zone,
    };
    const title = translate(language, 'clinic.book.title');
    return this.pages.render('clinic/book-times', model, {
      request,
      title,
      status,
      styles: ['staff.css', 'book.css'],
      scripts: ['shortcuts.js', 'auto-submit.js', 'arrow-keys.js'],
    });
  }

  private wanted(
    value: TimesForm,
    calendars: readonly ClinicCalendar[],
    request: WebRequest,
    wish: Awaited<ReturnType<BeganWith['wish']>>,
  ): Wanted {
    const { q, payer, practitioner, place } = value;
    if (value.asked || q !== undefined) return { q, payer, practitioner, place };
    const { language } = request;
    if (wish) {
      const { service, payer: theirs, practitioner: whom, branch } = wish;
      return { q: wordsIn(language, service.name), payer: theirs, practitioner: whom?.id, place: branch.id };
    }
    if (value.resource !== undefined) return { payer, practitioner: value.resource, place: value.branch };
    const last = lastOffer(request);
    const service = calendars.flatMap(({ services }) => services).find(({ id }) => id === last?.serviceId);
    if (!last || !service) return { payer, practitioner, place };
    return { q: wordsIn(language, service.name), payer: payer ?? last.payer, practitioner, place };
  }

  private found(
    staff: StaffActor,
    calendars: readonly ClinicCalendar[],
    wanted: Wanted & { serviceIds: string[] | null; resourceIds: string[] | null },
    from: string | undefined,
    zone: string,
  ): Promise<FirstTimes[]> {
    const { serviceIds, resourceIds, practitioner, place, payer } = wanted;
    if (serviceIds?.length === 0) return Promise.resolve([]);
    const theirs = resourceIds ?? [...new Set(calendars.map(({ resourceId }) => resourceId))];
    return this.firstTimes.run(staff.clinicId, {
      serviceIds,
      resourceIds: practitioner ? theirs.filter((id) => id === practitioner) : theirs,
      branchId: place,
      payer,
      from: dayOfWish(this.clock.now(), zone, from),
    });
  }

  /** The first free time that is left of today, for whoever stands at the desk. */
  private walkIn(
    found: readonly FirstTimes[],
    calendars: readonly ClinicCalendar[],
    now: Temporal.Instant,
    language: Language,
  ): { value: string; time: string; name: string } | undefined {
    for (const { calendarId, serviceId, start } of earliest(found)) {
      const calendar = calendars.find(({ id }) => id === calendarId);
      if (!calendar) continue;
      const { zone } = calendar.branch;
      if (!localDate(start, zone).equals(localDate(now, zone))) continue;
      return {
        value: slotValue(calendarId, serviceId, start),
        time: formatTime(language, start, zone),
        name: calendar.name,
      };
    }
    return undefined;
  }
}

/** Whoever gave no address is told while they are on the telephone or at the desk. */
const noticeOf = (origin: string): string => (origin === 'desk' ? 'print' : 'told');

/** The next five minutes of the clock, for a walk-in at a time that is not listed. */
function nextFive(now: Temporal.Instant, zone: string): string {
  const at = now.toZonedDateTimeISO(zone).round({ smallestUnit: 'minute', roundingIncrement: 5, roundingMode: 'ceil' });
  return at.toPlainTime().toString({ smallestUnit: 'minute' });
}

/** What the selects of the page offer. */
function choices(calendars: readonly ClinicCalendar[], language: Language) {
  const unique = (pairs: readonly { value: string; label: string }[]): { value: string; label: string }[] => [
    ...new Map(pairs.map((pair) => [pair.value, pair])).values(),
  ];
  const branches = unique(calendars.map(({ branch }) => ({ value: branch.id, label: branch.name })));
  const practitioners = unique(calendars.map(({ resourceId, name }) => ({ value: resourceId, label: name })));
  return {
    practitioners: [{ value: '', label: translate(language, 'caller.anyone') }, ...practitioners],
    branches: branches.length > 1 ? [{ value: '', label: translate(language, 'caller.everywhere') }, ...branches] : [],
    suggestions: [
      ...new Set(
        calendars.flatMap((calendar) => [
          calendar.name,
          ...calendar.services.map(({ name }) => wordsIn(language, name)),
        ]),
      ),
    ],
    payers: ['', 'state', 'paid'].map((each) => ({
      value: each,
      label: translate(language, each ? `common.payer.${each}` : 'common.form.all'),
    })),
    origins: ['phone', 'desk', 'email'].map((each) => ({
      value: each,
      label: translate(language, `common.origin.${each}`),
    })),
    notices: noticeWays.map((each) => ({ value: each, label: translate(language, `caller.notice.${each}`) })),
  };
}
