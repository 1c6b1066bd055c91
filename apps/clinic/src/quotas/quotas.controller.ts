import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { mayDo, requireStaff, type StaffActor } from '#libs/access';
import { CalendarsOfClinic, KeepQuota, QuotasOfClinic, type QuotaWish, RemoveQuota } from '#libs/calendars';
import { CLOCK, type Clock, formatPlainDate, Refusal, translate, wordsIn } from '#libs/platform';
import { localDate } from '#libs/time';
import {
  flash,
  formOf,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  parseQuery,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withRefusal,
} from '#libs/web';
import { centsOf, typedCents } from '../calendars/price.js';
import { StaffOf } from '../staff-of.decorator.js';
import { MonthQuery, QuotaForm } from './quota.form.js';
import { monthChoices, quotaCard, quotaLine } from './quotas.view.js';

const styles = ['staff.css', 'calendars.css'];
const scripts = ['shortcuts.js'];

/** What the verb calls a field, and what the form does. */
const fieldNames: Record<string, string> = {
  minutesAMonth: 'hours',
  centsAMonth: 'money',
  validFrom: 'from',
  validTo: 'to',
};

/** Monthly quotas of what the state pays for, and what is used of them. */
@Controller(':language/quotas')
export class QuotasController {
  constructor(
    private readonly pages: Pages,
    private readonly quotas: QuotasOfClinic,
    private readonly calendars: CalendarsOfClinic,
    private readonly keep: KeepQuota,
    private readonly remove: RemoveQuota,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const parsed = parseQuery(MonthQuery, query);
    const current = this.today().toPlainYearMonth();
    const month = parsed.ok && parsed.value.month ? Temporal.PlainYearMonth.from(parsed.value.month) : current;
    const [inMonth, all, calendars] = await Promise.all([
      this.quotas.inMonth(staff, staff.clinicId, month),
      this.quotas.all(staff, staff.clinicId),
      this.calendars.run(staff.clinicId),
    ]);
    const shown = new Set(inMonth.map(({ id }) => id));
    const path = (other: Temporal.PlainYearMonth): string => pathTo(language, `/quotas?month=${other.toString()}`);
    const model = {
      heading: formatPlainDate(language, month.toPlainDate({ day: 1 }), 'month'),
      previous: path(month.subtract({ months: 1 })),
      next: path(month.add({ months: 1 })),
      current: month.equals(current) ? '' : path(current),
      cards: inMonth.map((use) => quotaCard(use, language)),
      others: all.filter(({ id }) => !shown.has(id)).map((quota) => quotaLine(quota, language)),
      mayEdit: mayDo(staff, 'profile.edit'),
      hasStateCalendars: calendars.some(({ payer }) => payer === 'state'),
    };
    const title = translate(language, 'calendars.quotas.title');
    return this.pages.render('clinic/quotas', model, { request, title, styles, scripts });
  }

  @Get('new')
  async ask(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    requireStaff(staff, staff.clinicId, 'profile.edit');
    const parsed = parseQuery(MonthQuery, query);
    const practitioner = parsed.ok ? parsed.value.practitioner : undefined;
    const from = this.today().toPlainYearMonth().toString();
    return this.page(null, formOf({ from, practitioner }), staff, request);
  }

  @Post('new')
  add(@Body() body: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string | SeeOther> {
    return this.save(null, body, staff, request);
  }

  @Get(':id')
  async show(
    @Param('id', IdPipe) id: string,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const quota = (await this.quotas.all(staff, staff.clinicId)).find((each) => each.id === id);
    if (!quota) throw new Refusal('not-found');
    const form = formOf({
      practitioner: quota.practitionerId,
      service: quota.serviceId,
      from: quota.validFrom.slice(0, 7),
      to: quota.validTo?.slice(0, 7),
      hours: quota.minutesAMonth === null ? null : Math.round((quota.minutesAMonth / 60) * 100) / 100,
      visitsADay: quota.visitsADay,
      visitsAMonth: quota.visitsAMonth,
      money: quota.centsAMonth === null ? null : typedCents(quota.centsAMonth),
    });
    return this.page(id, form, staff, request);
  }

  @Post(':id')
  change(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    return this.save(id, body, staff, request);
  }

  @Post(':id/remove')
  async takeAway(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    await this.remove.run({ actor, clinicId: actor.clinicId, id });
    flash(request, { kind: 'success', key: 'calendars.quotas.removed' });
    return seeOther(pathTo(request.language, '/quotas'));
  }

  private today(): Temporal.PlainDate {
    return localDate(this.clock.now(), 'Europe/Riga');
  }

  private async save(
    id: string | null,
    body: unknown,
    actor: StaffActor,
    request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(QuotaForm, body);
    if (!parsed.ok) return this.page(id, parsed.form, actor, request, 422);
    try {
      await this.keep.run({ actor, clinicId: actor.clinicId, id, quota: quotaOf(parsed.value) });
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      const errors = (thrown.details.errors ?? []).map(({ path, code }) => ({ path: fieldNames[path] ?? path, code }));
      const form = withRefusal(parsed.form, new Refusal(thrown.code, { ...thrown.details, errors }));
      return this.page(id, form, actor, request, 422);
    }
    flash(request, { kind: 'success', key: 'calendars.quotas.kept' });
    return seeOther(pathTo(request.language, `/quotas?month=${this.monthToShow(parsed.value)}`));
  }

  /** The month of a quota that is worth looking at: this one, if it holds in it. */
  private monthToShow({ from, to }: QuotaForm): string {
    const current = this.today().toPlainYearMonth().toString();
    return current >= from && (to === undefined || current <= to) ? current : from;
  }

  private async page(
    id: string | null,
    form: FormState,
    staff: StaffActor,
    request: WebRequest,
    status = 200,
  ): Promise<string> {
    const { language } = request;
    const calendars = (await this.calendars.run(staff.clinicId)).filter(({ payer }) => payer === 'state');
    const services = new Map(calendars.flatMap((each) => each.services).map((each) => [each.id, each.name]));
    const kept = [form.values['from'], form.values['to']].flatMap((each) => (typeof each === 'string' ? each : []));
    const months = monthChoices(this.today(), kept, language);
    const model = {
      self: pathTo(language, `/quotas/${id ?? 'new'}`),
      removePath: id === null ? '' : pathTo(language, `/quotas/${id}/remove`),
      form,
      mayEdit: mayDo(staff, 'profile.edit'),
      practitioners: [...new Map(calendars.map((each) => [each.resourceId, each.name]))].map(([value, label]) => ({
        value,
        label,
      })),
      services: [
        { value: '', label: translate(language, 'calendars.quotas.all-services') },
        ...[...services].map(([value, name]) => ({ value, label: wordsIn(language, name) })),
      ],
      months,
      lastMonths: [{ value: '', label: translate(language, 'calendars.quotas.no-end') }, ...months],
    };
    const title = translate(language, id === null ? 'calendars.quotas.new' : 'calendars.quotas.one');
    return this.pages.render(
      'clinic/quotas-one',
      { ...model, heading: title },
      { request, title, status, styles, scripts },
    );
  }
}

const quotaOf = (form: QuotaForm): QuotaWish => ({
  practitionerId: form.practitioner,
  serviceId: form.service ?? null,
  validFrom: Temporal.PlainYearMonth.from(form.from).toPlainDate({ day: 1 }),
  validTo: form.to === undefined ? null : lastDay(Temporal.PlainYearMonth.from(form.to)),
  minutesAMonth: form.hours === undefined ? null : Math.round(Number(form.hours.replace(',', '.')) * 60),
  visitsADay: form.visitsADay ?? null,
  visitsAMonth: form.visitsAMonth ?? null,
  centsAMonth: form.money === undefined ? null : centsOf(form.money),
});

const lastDay = (month: Temporal.PlainYearMonth): Temporal.PlainDate => month.toPlainDate({ day: month.daysInMonth });
