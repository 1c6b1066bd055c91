import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { Appointments, BookSeries, PatientsOfClinic, requestOf } from '#libs/appointments';
import { normalisePhone, type PatientCard } from '#libs/people';
import { hasMessage, isId, type Language, Refusal, translate } from '#libs/platform';
import { localDate, localTime, parseInstant } from '#libs/time';
import {
  flash,
  formOf,
  type FormState,
  Pages,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withError,
} from '#libs/web';
import { patientChoice } from '../book/book.view.js';
import { StaffOf } from '../staff-of.decorator.js';
import { PlanPage } from './plan-page.js';
import { FindForm, ForForm, PlanForm, SeriesForm } from './series.form.js';

const usual = { every: '1', unit: 'weeks', count: '10', time: '09:00' };

/** Refusals that are said above the list, with everything that was chosen kept. */
const sayable: ReadonlySet<string> = new Set([
  'slot-taken',
  'not-bookable',
  'patient-busy',
  'in-progress',
  'busy',
  'conditions-not-met',
  'limit-reached',
  'referral-needed',
  'referral-expired',
  'referral-used',
]);

/** What staff may book past, once they have read it. */
const acknowledgeable: ReadonlySet<string> = new Set(['conditions-not-met', 'limit-reached', 'referral-expired']);

/** A patient who comes again and again: who, what and how often, every date looked at, one button. */
@Controller(':language/series')
export class SeriesController {
  constructor(
    private readonly pages: Pages,
    private readonly patients: PatientsOfClinic,
    private readonly appointments: Appointments,
    private readonly plan: PlanPage,
    private readonly bookSeries: BookSeries,
  ) {}

  /** Repeats a visit, or begins with the patient. */
  @Get()
  async show(
    @Query('appointment') appointment: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    if (typeof appointment !== 'string' || !isId(appointment)) return this.find(request, formOf({}));
    const view = await this.appointments.find(staff, appointment);
    const next = localDate(view.start, view.timeZone).add({ days: 7 });
    const form = formOf({
      ...usual,
      offer: `${view.calendarId}|${view.service.id}`,
      first: next.toString(),
      time: localTime(view.start, view.timeZone),
    });
    return this.plan.form(request, staff, form, view.patient.id);
  }

  @Post('patients')
  @HttpCode(200)
  async search(@Body() body: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseForm(FindForm, body);
    const q = parsed.ok ? (parsed.value.q ?? '') : '';
    const found = q.length > 1 ? await this.patients.find(staff, q) : [];
    return this.find(
      request,
      parsed.form,
      found.map((line) => patientChoice(line, request.language)),
    );
  }

  @Post('for')
  @HttpCode(200)
  forWhom(@Body() body: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseForm(ForForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    return this.plan.form(request, staff, formOf(usual), parsed.value.patientId);
  }

  @Post('dates')
  @HttpCode(200)
  dates(@Body() body: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseForm(PlanForm, body);
    if (parsed.ok) return this.plan.list(request, staff, { value: parsed.value, form: parsed.form });
    const { patientId } = parsed.form.values;
    if (typeof patientId !== 'string' || !isId(patientId)) throw new Refusal('invalid');
    return this.plan.form(request, staff, parsed.form, patientId);
  }

  @Post()
  async book(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(SeriesForm, body);
    if (!parsed.ok) return this.again(body, actor, request, parsed.form);
    const { value } = parsed;
    const planned = await this.plan.planOf(actor, value);
    const chosen = planned.starts.map((_, row) => chosenIn(value.dates[`d${row}`]));
    const rows = chosen.flatMap((start, row) => (start === null ? [] : [{ row, start }]));
    const skipped = new Set(chosen.flatMap((start, row) => (start === null ? [row] : [])));
    const starts = planned.starts.map((start, row) => chosen[row] ?? start);
    const card = await this.plan.card(actor, value.patientId);
    const contact = contactOf(value, card);
    const show = (form: FormState, more: object = {}): Promise<string> =>
      this.plan.list(request, actor, { value, form }, { starts, skipped, ...more });
    if (contact === null)
      return show(withError(parsed.form, 'phone', value.phone ? 'phone' : 'clinic.book.contact-needed'));
    if (rows.length === 0) return show(parsed.form, { problem: this.say(request.language, 'none-chosen') });
    try {
      const { seriesId } = await this.bookSeries.run({
        actor,
        calendarId: planned.calendar.id,
        serviceId: planned.serviceId,
        starts: rows.map(({ start }) => start),
        patientId: value.patientId,
        contact,
        language: card.language,
        termsVersion: null,
        origin: value.origin,
        wishes: { sms: value.sms },
        acknowledged: value.acknowledged,
        request: requestOf(actor, 'POST series', value.idempotencyKey, {
          patientId: value.patientId,
          offer: value.offer,
          starts: rows.map(({ start }) => start.toString()),
          contact,
          sms: value.sms,
        }),
      });
      flash(request, { kind: 'success', key: 'together.series.done', args: { n: rows.length } });
      return seeOther(pathTo(request.language, '/series/', seriesId));
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || !sayable.has(thrown.code)) throw thrown;
      const changed = new Set(
        (thrown.details.errors ?? []).flatMap(({ path }) => rows[Number(/^starts\.(\d+)$/.exec(path)?.[1])]?.row ?? []),
      );
      const problem =
        changed.size > 0
          ? translate(request.language, 'together.series.changed', { n: changed.size })
          : refusalText(request.language, thrown);
      return show(parsed.form, { changed, problem, mayAcknowledge: acknowledgeable.has(thrown.code) });
    }
  }

  /** Something of the last page was wrong: the list again if the plan is sound, else its form. */
  private again(body: unknown, staff: StaffActor, request: WebRequest, form: FormState): Promise<string> {
    const { dates: _, ...plain } = body as Record<string, unknown>;
    const known = ['patientId', 'offer', 'first', 'time', 'every', 'unit', 'weekdays', 'count'];
    const plan = parseForm(
      PlanForm,
      Object.fromEntries(known.flatMap((name) => (name in plain ? [[name, plain[name]]] : []))),
    );
    if (plan.ok) return this.plan.list(request, staff, { value: plan.value, form });
    const { patientId } = form.values;
    if (typeof patientId !== 'string' || !isId(patientId)) throw new Refusal('invalid');
    return this.plan.form(request, staff, plan.form, patientId);
  }

  private say(language: Language, key: string): string {
    return translate(language, `together.series.${key}`);
  }

  private find(request: WebRequest, form: FormState, choices?: object[]): Promise<string> {
    const title = this.say(request.language, 'title');
    const model = { title, q: form.values['q'], choices: choices ?? [], wasAsked: choices !== undefined };
    return this.pages.render('clinic/series', model, {
      request,
      title,
      styles: ['staff.css'],
      scripts: ['shortcuts.js'],
    });
  }
}

/** The start that was chosen for a date, or null: it is left out. */
const chosenIn = (value: unknown): Temporal.Instant | null => (typeof value === 'string' ? parseInstant(value) : null);

const refusalText = (language: Language, { code, details }: Refusal): string => {
  const why = `refusals.why.${details.why}`;
  return translate(language, hasMessage(language, why) ? why : `refusals.${code}.detail`);
};

/** How the clinic can reach them, or null: neither a number nor an address, or a number that is none. */
function contactOf(
  { phone, email }: SeriesForm,
  card: PatientCard,
): { phone: string | null; email: string | null } | null {
  const number = phone ? (normalisePhone(phone) ?? normalisePhone(phone, 'EE')) : null;
  if (phone && number === null) return null;
  if (number || email) return { phone: number, email: email ?? null };
  return card.phone || card.email ? { phone: card.phone, email: card.email } : null;
}
