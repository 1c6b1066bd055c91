import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { mayDo, requireSomewhere, type StaffActor, within } from '#libs/access';
import {
  type Bookable,
  CalendarsOfClinic,
  KeepCalendarTerms,
  type OfferedService,
  OpenCalendars,
  SettingsOfCalendar,
} from '#libs/calendars';
import { formatPlainDate, Refusal, translate } from '#libs/platform';
import {
  flash,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  parseQuery,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withError,
  withRefusal,
} from '#libs/web';
import { MakeChange } from '../changes/make-change.js';
import { StaffOf } from '../staff-of.decorator.js';
import { fieldLabels, newCalendarsForm, offerRows, placeRows, rulesModel, settingsForm } from './calendar-forms.js';
import { CalendarTermsForm, NewCalendarsForm, NewCalendarsQuery } from './calendars.form.js';
import { bookableCards } from './calendars.view.js';
import { calendarsOf, keptOffers, type Mistake, rulesOf } from './terms-of-form.js';

const styles = ['staff.css', 'calendars.css'];
const scripts = ['shortcuts.js'];

const withMistakes = (form: FormState, mistakes: readonly Mistake[]): FormState =>
  mistakes.reduce((state, { field, code }) => withError(state, field, code), form);

/** Names what a verb refused as the form does: rules by `rules.<name>`, services by their row. */
function refused(form: FormState, thrown: unknown, rows: readonly number[]): FormState {
  if (!(thrown instanceof Refusal)) throw thrown;
  const errors = (thrown.details.errors ?? []).map(({ path, code }) => {
    const [, index, member] = /^services\.(\d+)\.(\w+)$/.exec(path) ?? [];
    if (index !== undefined) return { path: `services.${rows[Number(index)] ?? 0}.${member}`, code };
    return { path: path === 'places' || path === 'services' ? path : `rules.${path}`, code };
  });
  return withRefusal(form, new Refusal(thrown.code, { ...thrown.details, errors }));
}

/** Calendars of a clinic: who can be booked where, for whom, for what, and by which rules. */
@Controller(':language/calendars')
export class CalendarsController {
  constructor(
    private readonly pages: Pages,
    private readonly calendars: CalendarsOfClinic,
    private readonly settings: SettingsOfCalendar,
    private readonly open: OpenCalendars,
    private readonly keep: KeepCalendarTerms,
    private readonly makeChange: MakeChange,
  ) {}

  @Get()
  async list(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const [bookables, calendars, branches] = await Promise.all([
      this.settings.bookables(staff.clinicId),
      this.calendars.run(staff.clinicId, within(staff, 'hours.read')),
      this.calendars.branches(staff.clinicId, staff.branchIds),
    ]);
    const cards = bookableCards(bookables, calendars, branches, staff, language);
    const title = translate(language, 'calendars.title');
    const model = { cards, hasBranches: branches.length > 0 };
    return this.pages.render('clinic/calendars', model, { request, title, styles, scripts });
  }

  @Get('new')
  async ask(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseQuery(NewCalendarsQuery, query);
    if (!parsed.ok) throw new Refusal('not-found');
    return this.newPage(await this.bookable(staff, parsed.value.resource), staff, request);
  }

  @Post('new')
  async add(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(NewCalendarsForm, body);
    const resource = parsed.form.values['resource'];
    const bookable = await this.bookable(actor, typeof resource === 'string' ? resource : '');
    if (!parsed.ok) return this.newPage(bookable, actor, request, parsed.form);
    const { places, rules, services, rows, mistakes } = calendarsOf(parsed.value);
    if (mistakes.length > 0) return this.newPage(bookable, actor, request, withMistakes(parsed.form, mistakes));
    try {
      const { clinicId } = actor;
      const { ids } = await this.open.run({ actor, clinicId, resourceId: bookable.id, places, rules, services });
      flash(request, { kind: 'success', key: 'calendars.opened', args: { n: ids.length } });
      return seeOther(pathTo(request.language, '/hours/', ids[0] ?? ''));
    } catch (thrown) {
      return this.newPage(bookable, actor, request, refused(parsed.form, thrown, rows));
    }
  }

  @Get(':id')
  show(@Param('id', IdPipe) id: string, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.settingsPage(id, staff, request);
  }

  @Post(':id')
  async change(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(CalendarTermsForm, body);
    if (!parsed.ok) return this.settingsPage(id, actor, request, parsed.form);
    const { services, rows, mistakes } = keptOffers(parsed.value);
    if (mistakes.length > 0) return this.settingsPage(id, actor, request, withMistakes(parsed.form, mistakes));
    const offered = (await this.settings.run(actor, id)).services;
    const ended = offered.filter((each) => !services.some(({ serviceId }) => serviceId === each.serviceId));
    try {
      // What is no longer ticked is offered until the people who have booked it were asked about.
      const kept = [...services, ...ended];
      await this.keep.run({ actor, calendarId: id, rules: rulesOf(parsed.value), services: kept });
    } catch (thrown) {
      return this.settingsPage(id, actor, request, refused(parsed.form, thrown, rows));
    }
    const asks = await this.endServices(actor, request, id, ended);
    if (asks) return asks;
    flash(request, { kind: 'success', key: 'calendars.kept' });
    return seeOther(pathTo(request.language, '/calendars/', id));
  }

  /** Ends services in one calendar. @returns the page that asks about the people who have booked the first such service */
  private async endServices(
    actor: StaffActor,
    request: WebRequest,
    calendarId: string,
    ended: readonly OfferedService[],
  ): Promise<SeeOther | undefined> {
    let asks: SeeOther | undefined;
    for (const { serviceId } of ended) {
      const change = { kind: 'end-service', serviceId, calendarIds: [calendarId] } as const;
      asks ??= await this.makeChange.run(actor, request, change);
    }
    return asks;
  }

  private async bookable(staff: StaffActor, id: string): Promise<Bookable> {
    const found = (await this.settings.bookables(staff.clinicId)).find((each) => each.id === id);
    if (!found) throw new Refusal('not-found');
    requireSomewhere(staff, staff.clinicId, 'hours.edit');
    const practitionerId = found.kind === 'practitioner' ? id : null;
    const places = found.branchId === null ? (staff.branchIds ?? [null]) : [found.branchId];
    if (!places.some((branchId) => mayDo(staff, 'hours.edit', { practitionerId, branchId })))
      throw new Refusal('not-allowed', { why: 'out-of-reach' });
    return found;
  }

  private async newPage(bookable: Bookable, staff: StaffActor, request: WebRequest, sent?: FormState): Promise<string> {
    const { language } = request;
    const [services, branches] = await Promise.all([
      this.settings.services(staff.clinicId, bookable.id),
      this.calendars.branches(staff.clinicId, staff.branchIds),
    ]);
    const form = sent ?? newCalendarsForm(bookable, services);
    const rows = offerRows(form, services, language);
    const isOwn = (n: number): boolean => (services[n]?.isOfSpecialty ?? false) || (rows[n]?.isOffered ?? false);
    const model = {
      name: bookable.name,
      resource: bookable.id,
      form,
      labels: fieldLabels(rows, language),
      places: placeRows(form, bookable, branches),
      rows: rows.filter((_, n) => isOwn(n)),
      otherRows: rows.filter((_, n) => !isOwn(n)),
      hasServices: rows.length > 0,
      ...rulesModel(form, language),
    };
    return this.pages.render('clinic/calendars-new', model, {
      request,
      title: translate(language, 'calendars.new-of', { name: bookable.name }),
      status: sent ? 422 : 200,
      styles,
      scripts,
    });
  }

  private async settingsPage(id: string, staff: StaffActor, request: WebRequest, sent?: FormState): Promise<string> {
    const { language } = request;
    const settings = await this.settings.run(staff, id);
    const services = await this.settings.services(staff.clinicId, settings.resourceId);
    const form = sent ?? settingsForm(settings, services);
    const rows = offerRows(form, services, language);
    const practitionerId = settings.kind === 'practitioner' ? settings.resourceId : null;
    const model = {
      name: settings.name,
      branch: settings.branch.name,
      payer: settings.payer,
      isState: settings.payer === 'state',
      self: pathTo(language, '/calendars/', id),
      until:
        settings.publishedUntil && formatPlainDate(language, Temporal.PlainDate.from(settings.publishedUntil), 'long'),
      mayEdit: mayDo(staff, 'hours.edit', { practitionerId, branchId: settings.branch.id }),
      form,
      labels: fieldLabels(rows, language),
      rows: rows.filter(({ isOffered }) => isOffered),
      otherRows: rows.filter(({ isOffered }) => !isOffered),
      hoursHref: pathTo(language, '/hours/', id),
      sessionsHref: pathTo(language, `/sessions?calendar=${id}`),
      quotasHref: settings.payer === 'state' ? pathTo(language, '/quotas') : '',
      ...rulesModel(form, language),
    };
    return this.pages.render('clinic/calendars-settings', model, {
      request,
      title: translate(language, 'calendars.title-of', { name: settings.name }),
      status: sent ? 422 : 200,
      styles,
      scripts,
    });
  }
}
