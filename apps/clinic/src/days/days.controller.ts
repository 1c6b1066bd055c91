import { Body, Controller, Get, Inject, Post, Query, Req } from '@nestjs/common';
import { mayDo, type StaffActor } from '#libs/access';
import {
  CalendarsOfClinic,
  type ClinicBranchChoice,
  DaysOfClinic,
  type DecidedDay,
  type KeptDaysPlace,
} from '#libs/calendars';
import { holidaysOf, loneWorkingDays } from '#libs/holidays';
import { CLOCK, type Clock, formatPlainDate, Refusal, translate } from '#libs/platform';
import { localDate } from '#libs/time';
import {
  flash,
  formOf,
  type FormState,
  Pages,
  parseForm,
  type SeeOther,
  seeOther,
  withError,
  type WebRequest,
} from '#libs/web';
import { MakeChange } from '../changes/make-change.js';
import { StaffOf } from '../staff-of.decorator.js';
import { DayForm, TakeOverForm, YearQuery } from './day.form.js';
import { choicesOf, dayLine, placeChoices, placeValue, takeOverLines, yearPath } from './days.view.js';
import { decisionOf, toTakeOver, type YearDay, yearOfPlace } from './year-of-place.js';

/** How many years ahead of this one can be looked at. */
const yearsAhead = 3;

/** A year of public, moved and shortened days, with what the clinic or one branch does on each. */
@Controller(':language/days')
export class DaysController {
  constructor(
    private readonly pages: Pages,
    private readonly calendars: CalendarsOfClinic,
    private readonly days: DaysOfClinic,
    private readonly makeChange: MakeChange,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseForm(YearQuery, query);
    const { year, place } = parsed.ok ? parsed.value : {};
    const branches = await this.calendars.branches(staff.clinicId, staff.branchIds);
    return this.page(staff, request, { branches, place: placeOf(staff, branches, place), year });
  }

  @Post()
  async decide(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const branches = await this.calendars.branches(actor.clinicId, actor.branchIds);
    const parsed = parseForm(DayForm, body);
    if (!parsed.ok) {
      const { place } = parsed.form.values;
      const known = typeof place === 'string' ? placeOf(actor, branches, place) : placeOf(actor, branches, undefined);
      return this.page(actor, request, { branches, place: known, year: undefined, sent: parsed.form });
    }
    const { choice, note } = parsed.value;
    const place = placeOf(actor, branches, parsed.value.place);
    const day = Temporal.PlainDate.from(parsed.value.day);
    const mistake = this.mistakeIn(day, place);
    if (mistake)
      return this.page(actor, request, {
        branches,
        place,
        year: undefined,
        sent: withError(parsed.form, 'day', mistake),
      });
    return this.change(actor, request, place, [{ day, decision: decisionOf(choice) }], note ?? null);
  }

  @Post('take-over')
  async takeOver(@Body() body: unknown, @StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    const parsed = parseForm(TakeOverForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { what, year = this.today().year, place: value } = parsed.value;
    const branches = await this.calendars.branches(actor.clinicId, actor.branchIds);
    const place = placeOf(actor, branches, value);
    const days = yearOfPlace(place, year, await this.days.run(actor, actor.clinicId, year));
    const wanted = toTakeOver(days, what, this.today());
    if (wanted.length === 0) return seeOther(yearPath(request.language, year, placeValue(place)));
    return this.change(actor, request, place, wanted, null);
  }

  private async change(
    actor: StaffActor,
    request: WebRequest,
    place: KeptDaysPlace,
    days: readonly (Pick<DecidedDay, 'day'> & { decision: DecidedDay['decision'] | null })[],
    note: string | null,
  ): Promise<SeeOther> {
    const asked = await this.makeChange.run(actor, request, {
      kind: 'keep-days',
      country: place.country,
      branchId: place.branchId,
      days: days.map(({ day, decision }) => ({
        day,
        kind: decision?.kind ?? 'usual',
        worksAs: decision?.worksAs ?? null,
        shorterBy: decision?.shorterBy ?? null,
        note,
      })),
    });
    if (asked) return asked;
    flash(request, { kind: 'success', key: 'days.kept' });
    const [first] = days;
    const year = first?.day.year ?? this.today().year;
    const back = yearPath(request.language, year, placeValue(place));
    return seeOther(days.length === 1 && first ? `${back}#d${first.day.toString()}` : back);
  }

  private today(): Temporal.PlainDate {
    return localDate(this.clock.now(), 'Europe/Riga');
  }

  /** Days that are over stay as they were; beyond the years that are shown nobody would find the day again. */
  private mistakeIn(day: Temporal.PlainDate, { country }: KeptDaysPlace): string | undefined {
    const today = localDate(this.clock.now(), country === 'EE' ? 'Europe/Tallinn' : 'Europe/Riga');
    if (Temporal.PlainDate.compare(day, today) < 0) return 'past';
    return day.year > today.year + yearsAhead ? 'days.too-far' : undefined;
  }

  private async page(
    staff: StaffActor,
    request: WebRequest,
    asked: { branches: ClinicBranchChoice[]; place: KeptDaysPlace; year: number | undefined; sent?: FormState },
  ): Promise<string> {
    const { language } = request;
    const { branches, place, sent } = asked;
    const today = this.today();
    const typed = typeof sent?.values['day'] === 'string' ? Number(sent.values['day'].slice(0, 4)) : NaN;
    const wanted = asked.year ?? (Number.isInteger(typed) ? typed : today.year);
    const year = Math.min(Math.max(wanted, today.year - 1), today.year + yearsAhead);
    const days = yearOfPlace(place, year, await this.days.run(staff, staff.clinicId, year));
    const isBranch = place.branchId !== null;
    const value = placeValue(place);
    const yearLink = (each: number) =>
      each < today.year - 1 || each > today.year + yearsAhead ? undefined : yearPath(language, each, value);
    const isUnknown = isOrderMissing(place, year, today);
    const model = {
      year: String(year),
      place: value,
      previousHref: yearLink(year - 1),
      nextHref: yearLink(year + 1),
      previousYear: String(year - 1),
      nextYear: String(year + 1),
      places: placeChoices(language, branches, value, year),
      mayEdit: mayDo(staff, 'closures.edit', { branchId: place.branchId }),
      lines: days.map((each) => dayLine(language, each, { today, isBranch, branches })),
      moves: takeOverLines(language, toTakeOver(days, 'moves', today)),
      shortenings: takeOverLines(language, toTakeOver(days, 'shortened', today)),
      isOrderMissing: isUnknown,
      alone: isUnknown
        ? loneWorkingDays(place.country, year).map((day) => formatPlainDate(language, day, 'weekday'))
        : [],
      isLatvia: place.country === 'LV',
      orderDue: formatPlainDate(language, new Temporal.PlainDate(year - 1, 7, 1), 'long'),
      form: sent ?? formOf({ choice: 'closed' }),
      choices: otherChoices(language, isBranch),
    };
    return this.pages.render('clinic/days', model, {
      request,
      title: translate(language, 'days.title', { year: String(year) }),
      status: sent ? 422 : 200,
      styles: ['staff.css', 'days.css'],
      scripts: ['shortcuts.js'],
    });
  }
}

/** @throws Refusal `not-found` no branch of this clinic, or none in that country */
function placeOf(
  { clinicId }: StaffActor,
  branches: readonly ClinicBranchChoice[],
  value: string | undefined,
): KeptDaysPlace {
  const branch = branches.find(({ id }) => id === value);
  if (branch) return { clinicId, country: branch.country, branchId: branch.id };
  const country = value === undefined ? (branches[0]?.country ?? 'LV') : value;
  const known = branches.find((each) => each.country === country);
  if (!known && branches.length > 0) throw new Refusal('not-found');
  return { clinicId, country: known?.country ?? 'LV', branchId: null };
}

/** Whether nothing is known of moved days, which is no reason to think that none are moved. */
const isOrderMissing = ({ country }: KeptDaysPlace, year: number, today: Temporal.PlainDate): boolean =>
  country === 'LV' && year >= today.year && !holidaysOf(country, year).some(({ kind }) => kind === 'moved-off');

/** What can be done on a day that is yet to be typed, on whichever weekday it falls, so none is its own. */
function otherChoices(language: WebRequest['language'], isBranch: boolean): { value: string; label: string }[] {
  const nameless: Pick<YearDay, 'day' | 'decided' | 'law'> = {
    day: Temporal.PlainDate.from('2026-11-23'),
    decided: undefined,
    law: [],
  };
  const known = choicesOf(language, nameless, { isBranch, isClosed: false });
  return [
    ...known.filter(({ value }) => value === 'closed' || value.startsWith('shortened')),
    { value: 'works-as:1', label: translate(language, 'days.works-as.1') },
    ...known.filter(({ value }) => value.startsWith('works-as')),
    { value: 'open', label: translate(language, 'days.open-anyway') },
  ];
}
