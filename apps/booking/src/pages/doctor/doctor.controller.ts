import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { FindATime, type Found, PublishedUntilDay } from '#libs/calendars';
import { CLOCK, type Clock, environment, formatPlainDate, type Language, Refusal, translate } from '#libs/platform';
import {
  EmergencyNear,
  type EmergencyProvider,
  PicturesOf,
  PractitionerPage,
  type PractitionerProfile,
} from '#libs/profiles';
import { parseDate } from '#libs/time';
import { allowCache, LanguageOf, Pages, pathTo, type WebRequest } from '#libs/web';
import { ClosedDays, type ClosedLine } from '../closed-days.js';
import { todayOf } from '../day-of.js';
import { type ResultModel, resultModel } from '../find-a-time/results.view.js';
import { type CalendarModel, calendarModel } from './calendar.view.js';
import { doctorJsonLd } from './doctor-json-ld.js';
import { doctorForm, type DoctorForm, doctorPath } from './doctor.form.js';
import { doctorModel } from './doctor.view.js';
import { roomProfile } from './room-profile.js';
import { type Offer, offerOf } from './offer.js';
import { TimesOfWeek } from './times-of-calendar.js';

/** A practitioner: who it is, what is offered and when one can come. */
@Controller([':language/doctors', ':language/rooms'])
export class DoctorController {
  constructor(
    private readonly pages: Pages,
    private readonly practitioners: PractitionerPage,
    private readonly findATime: FindATime,
    private readonly times: TimesOfWeek,
    private readonly emergency: EmergencyNear,
    private readonly pictures: PicturesOf,
    private readonly closedDays: ClosedDays,
    private readonly publishedUntil: PublishedUntilDay,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':slug')
  async show(
    @Param('slug') slug: string,
    @Query() query: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string> {
    const asked = doctorForm(query);
    const known = await this.practitioners.run(slug, language, todayOf(this.clock.now()));
    const id = known?.id ?? (isUUID(slug) ? slug : undefined);
    if (id === undefined) throw new Refusal('not-found');
    const { items: calendars } = await this.findATime.run({ practitioner: id, limit: 100 });
    const profile = known ?? roomProfile(calendars);
    if (profile === undefined) throw new Refusal('not-found');
    const offer = offerOf(calendars, asked);
    const form: DoctorForm = {
      payer: offer.payer,
      ...(offer.calendar && { calendar: offer.calendar.calendarId }),
      ...(offer.service && { service: offer.service.id }),
      ...(asked.day && { day: asked.day }),
      ...(asked.view && { view: asked.view }),
    };
    const calendar = await this.calendarOf(language, profile, offer, form);
    const isEmpty = calendar === undefined || calendar.firstFree === undefined;
    const address = `${environment().bookingUrl}${pathTo(language, doctorPath(profile.slug, {}))}`;
    allowCache(request, 20);
    return this.pages.render(
      'booking/doctor',
      {
        ...doctorModel(language, profile, calendars, offer, form),
        calendar,
        publishedUntil: await this.untilOf(language, offer),
        hasCalendars: calendars.length > 0,
        closedLines: await this.closedLines(language, profile, offer, calendars),
        others: isEmpty ? await this.othersOf(language, profile, offer) : [],
        emergencies: isEmpty ? await this.emergenciesOf(profile, offer, calendars) : [],
        isEmpty,
        jsonLd: doctorJsonLd(language, profile, calendars, address),
      },
      {
        request,
        title: profile.name,
        description: translate(language, 'booking.doctor.description', {
          name: profile.name,
          specialties: profile.specialties.map(({ name }) => name[language] ?? '').join(', '),
        }),
        isPublic: true,
        ...(profile.picture && { socialImage: `${environment().bookingUrl}/pictures/${profile.picture}/520.jpg` }),
      },
    );
  }

  private async calendarOf(
    language: Language,
    profile: PractitionerProfile,
    { calendar, service }: Offer,
    form: DoctorForm,
  ): Promise<CalendarModel | undefined> {
    if (!calendar || !service) return undefined;
    const times = await this.times.run(language, {
      calendarId: calendar.calendarId,
      serviceId: service.id,
      zone: calendar.branch.timeZone,
      day: form.day === undefined ? null : parseDate(form.day),
    });
    return calendarModel(language, times, (day) => pathTo(language, doctorPath(profile.slug, form, { day })));
  }

  /** How far the times reach, in words: no later day is meant to look full. */
  private async untilOf(language: Language, { calendar }: Offer): Promise<string | undefined> {
    const until = calendar && (await this.publishedUntil.run(calendar.calendarId));
    if (!until) return undefined;
    const day = formatPlainDate(language, until.day, 'long');
    return translate(language, until.isRolling ? 'hours.public.rolling' : 'hours.public.until', { day });
  }

  /** Others with the same specialty and payer, when this one has no time (promise 12). */
  private async othersOf(language: Language, profile: PractitionerProfile, offer: Offer): Promise<ResultModel[]> {
    const specialty = profile.specialties[0]?.id;
    if (!specialty || offer.payer === 'unclear') return [];
    const { items } = await this.findATime.run({ specialty, payer: offer.payer, limit: 4 });
    const others = items.filter((item) => item.practitionerId !== profile.id && item.firstFree !== null).slice(0, 3);
    const pictures = await this.pictures.practitioners(others.map(({ practitionerId }) => practitionerId));
    return others.map((item) => resultModel(language, item, pictures));
  }

  /** Near where the visit would be; of somebody without calendars, near one of their clinics. */
  private emergenciesOf(
    profile: PractitionerProfile,
    { calendar }: Offer,
    calendars: readonly Found[],
  ): Promise<EmergencyProvider[]> {
    const branchId = (calendar ?? calendars[0])?.branch.id;
    return this.emergency.run({ branchId, clinicId: profile.clinics[0]?.id });
  }

  /** What is closed soon where the visit would be. */
  private async closedLines(
    language: Language,
    profile: PractitionerProfile,
    { calendar }: Offer,
    calendars: readonly Found[],
  ): Promise<ClosedLine[]> {
    const branch = (calendar ?? calendars[0])?.branch.id;
    if (branch === undefined) return [];
    return (await this.closedDays.byBranch(language, [branch], profile.id)).get(branch) ?? [];
  }
}
