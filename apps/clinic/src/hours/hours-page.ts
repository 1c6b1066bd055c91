import { Inject, Injectable } from '@nestjs/common';
import { mayDo, type StaffActor, within } from '#libs/access';
import { UpcomingVisits } from '#libs/appointments';
import {
  type CalendarHours,
  CalendarsOfClinic,
  type ClinicCalendar,
  HoursOfCalendar,
  type HoursPreview,
  linesOfDays,
  linesOfHours,
} from '#libs/calendars';
import { CLOCK, type Clock, formatPlainDate, type Language, Refusal, translate, wordsIn } from '#libs/platform';
import { covers, dayBounds, localDate, mondayOf, parseDate } from '#libs/time';
import { formOf, type FormState, Pages, pathTo, type WebRequest } from '#libs/web';
import { type EditedHours, stillToCome } from './edited-hours.js';
import { differenceModel, outsideVisits } from './hours.view.js';
import { emptyLine, fieldsOfLines, lineNumbers } from './line-form.js';
import { monthModels } from './months.view.js';
import { previewModel } from './preview.view.js';
import { dayLineInWords, lineInWords, type Speaker, weekdayNames } from './words-of-hours.js';

/** How many weeks the picture has at a time, and how far one can step. */
const weeksShown = 4;
/** The month that runs and two years after it. */
const monthsShown = 25;
export interface PageWish {
  /** What was sent, where it is shown again. */
  sent?: FormState;
  status?: number;
  /** The draft has no hours at all, and whether that is meant is asked. */
  asksEmpty?: boolean;
}

/** The page of one calendar's hours: what is entered, what differs, and the picture of what results. */
@Injectable()
export class HoursPage {
  constructor(
    private readonly pages: Pages,
    private readonly calendars: CalendarsOfClinic,
    private readonly hours: HoursOfCalendar,
    private readonly visits: UpcomingVisits,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The calendar as it is edited, and today there. @throws Refusal `not-found`, `not-allowed` */
  async open(id: string, staff: StaffActor): Promise<EditedHours> {
    const edited = await this.hours.run(staff, id);
    const today = localDate(this.clock.now(), edited.calendar.zone);
    return { ...edited, today, shown: stillToCome(edited.draft ?? edited.published, today) };
  }

  async render(id: string, staff: StaffActor, request: WebRequest, wish: PageWish = {}): Promise<string> {
    const { language } = request;
    const edited = await this.open(id, staff);
    const { calendar, published, draft, services, today, shown } = edited;
    const all = await this.calendars.run(staff.clinicId, within(staff, 'hours.read'));
    const listed = all.find((each) => each.id === id);
    if (!listed) throw new Refusal('not-found');
    const mayEdit = mayDo(staff, 'hours.edit', {
      practitionerId: calendar.resourceId,
      branchId: calendar.branchId,
    });
    const lines = linesOfHours(shown.weekly);
    const form = wish.sent ?? formOf(lines.length > 0 ? fieldsOfLines(lines) : { lines: [emptyLine(today)] });
    const speaker = { language, services: new Map(services.map((each) => [each.id, wordsIn(language, each.name)])) };
    const until = today.with({ day: 1 }).add({ months: monthsShown });
    const preview = await this.hours.preview(calendar, shown, today, until);
    const self = pathTo(language, '/hours/', id);
    const model = {
      name: listed.name,
      branch: listed.branch.name,
      payer: listed.payer,
      zone: calendar.zone,
      siblings: siblingLinks(all, listed, language),
      self,
      mayEdit,
      asksEmpty: wish.asksEmpty ?? false,
      isDraft: draft !== null,
      publishedUntil:
        listed.publishedUntil && formatPlainDate(language, Temporal.PlainDate.from(listed.publishedUntil), 'long'),
      form,
      weekdays: weekdayNames(language),
      rhythms: rhythmOptions(language),
      services: services.length > 1 ? [...speaker.services].map(([value, label]) => ({ value, label })) : [],
      lines: lineNumbers(form).map((n) => lineModel(form, `lines.${n}`, n)),
      template: lineModel(formOf({ lines: { __n__: emptyLine(today) } }), 'lines.__n__', '__n__'),
      said: lines.map((line) => lineInWords(speaker, line, today)),
      days: dayModels(shown, speaker),
      difference: draft && differenceModel(stillToCome(published, today), shown, speaker, today),
      copy: { calendars: copySources(all, id, language), ...copyMonths(language, today) },
      ...this.picture(edited, preview, request, self),
      outside: outsideVisits(await this.outside(staff, edited, preview), language, self),
    };
    return this.pages.render('clinic/hours-of-calendar', model, {
      request,
      title: translate(language, 'clinic.hours.title-of', { name: listed.name }),
      status: wish.status ?? (wish.sent ? 422 : 200),
      styles: ['staff.css', 'hours.css'],
      scripts: ['hours-lines.js', 'shortcuts.js'],
      isWide: true,
    });
  }

  /** The weeks around the asked day, two years at a glance, and the ways between. */
  private picture(
    { calendar, services, today, shown }: EditedHours,
    preview: HoursPreview,
    { language, query }: WebRequest,
    self: string,
  ): object {
    const asked = parseDate(typeof query['week'] === 'string' ? query['week'] : '') ?? today;
    const last = today.with({ day: 1 }).add({ months: monthsShown }).subtract({ days: 1 });
    const isShown = [today, asked, last].toSorted((a, b) => Temporal.PlainDate.compare(a, b))[1] ?? today;
    const monday = mondayOf(isShown);
    const hrefOf = (day: Temporal.PlainDate): string => `${self}?week=${day.toString()}#preview`;
    const singleDays = new Set(shown.days.map(({ day }) => day.toString()));
    const { zone, country } = calendar;
    const earlier = monday.subtract({ weeks: weeksShown });
    const later = monday.add({ weeks: weeksShown });
    const isFirst = Temporal.PlainDate.compare(monday, today) <= 0;
    return {
      preview: previewModel({
        preview,
        services,
        singleDays,
        from: monday,
        weeks: weeksShown,
        today,
        zone,
        country,
        language,
      }),
      months: monthModels(preview, { singleDays, today, months: monthsShown, zone, language, hrefOf }),
      earlierHref: isFirst ? undefined : hrefOf(Temporal.PlainDate.compare(earlier, today) < 0 ? today : earlier),
      laterHref: Temporal.PlainDate.compare(later, last) > 0 ? undefined : hrefOf(later),
    };
  }

  /** Visits to come that the hours would leave outside; publishing asks about each. */
  private async outside(
    staff: StaffActor,
    { calendar, today }: EditedHours,
    { open }: HoursPreview,
  ): ReturnType<UpcomingVisits['ofCalendar']> {
    const visits = await this.visits.ofCalendar(staff, calendar.clinicId, calendar.id);
    const began = dayBounds(today, calendar.zone).start;
    return visits.filter(
      (visit) =>
        Temporal.Instant.compare(visit.start, began) > 0 && !open.openings.some((opening) => covers(opening, visit)),
    );
  }
}

const rhythmOptions = (language: Language): { value: string; label: string }[] => [
  ...(['every', 'odd', 'even'] as const).map((value) => ({
    value,
    label: translate(language, `hours.weeks.${value}`),
  })),
  ...[2, 3, 4, 5, 6, 7, 8].map((n) => ({ value: String(n), label: translate(language, 'hours.weeks.nth', { n }) })),
];

/** A line as the template draws it; checkboxes need to know which of them are checked. */
const lineModel = (form: FormState, name: string, n: number | string): object => ({
  name,
  n,
  form,
  days: [form.values[`${name}.days`] ?? []].flat(),
  services: [form.values[`${name}.services`] ?? []].flat(),
  isNth: /^\d$/.test(String(form.values[`${name}.weeks`] ?? '')),
  error: form.errors[`${name}.days`],
});

const dayModels = (hours: CalendarHours, speaker: Speaker): object[] =>
  [...Map.groupBy(linesOfDays(hours.days), ({ day }) => day.toString())].map(([date, lines]) => ({
    date,
    label: formatPlainDate(speaker.language, Temporal.PlainDate.from(date), 'full'),
    hours: lines.map((line) => dayLineInWords(speaker, line)).join('; '),
    isOff: lines.every(({ stretch }) => stretch === null),
  }));

/** The calendars of the same practitioner, room or device; none where this is the only one. */
function siblingLinks(
  all: readonly ClinicCalendar[],
  { id, resourceId }: ClinicCalendar,
  language: Language,
): object[] {
  const own = all.filter((each) => each.resourceId === resourceId);
  if (own.length < 2) return [];
  return own.map((each) => ({
    href: pathTo(language, '/hours/', each.id),
    label: `${each.branch.name}, ${translate(language, `clinic.payer-short.${each.payer}`)}`,
    icon: each.payer === 'state' ? 'landmark' : 'wallet',
    isCurrent: each.id === id,
  }));
}

const copySources = (
  all: readonly ClinicCalendar[],
  id: string,
  language: Language,
): { value: string; label: string }[] =>
  all
    .filter((each) => each.id !== id)
    .map((each) => ({
      value: each.id,
      label: `${each.name}, ${each.branch.name}, ${translate(language, `clinic.payer-short.${each.payer}`)}`,
    }));

const copyMonths = (language: Language, today: Temporal.PlainDate): object => {
  const options = (from: number, to: number): { value: string; label: string }[] =>
    Array.from({ length: to - from }, (_, n) => {
      const first = today.with({ day: 1 }).add({ months: from + n });
      return { value: first.toString().slice(0, 7), label: formatPlainDate(language, first, 'month') };
    });
  return { monthsFrom: options(0, monthsShown - 1), monthsTo: options(1, monthsShown) };
};
