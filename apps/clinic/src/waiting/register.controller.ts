import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { requireSomewhere, type StaffActor } from '#libs/access';
import { PatientsOfClinic, requestOf } from '#libs/appointments';
import type { Payer } from '#libs/calendars';
import { type PatientCard, normalisePhone } from '#libs/people';
import { CLOCK, type Clock, formatPlainDate, isId, Refusal, translate } from '#libs/platform';
import { instantAt, localDate } from '#libs/time';
import { RegisterEntry, staffChannels, WaitingEntries } from '#libs/waiting-list';
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
  withRefusal,
} from '#libs/web';
import { newPatientLists, patientChoice, personModel } from '../book/book.view.js';
import { guessed } from '../book/guessed.js';
import { StaffOf } from '../staff-of.decorator.js';
import { ChosenForm, RegisterForm, WhoForm } from './waiting.form.js';
import { WisherAsked } from './wisher-asked.js';
import { WishesOfClinic } from './wishes-of-clinic.js';

const styles = ['staff.css', 'waiting.css'];
const scripts = ['shortcuts.js'];

/** A request by desk, phone or e-mail, written down on first contact: who, then what. Names and codes are only posted. */
@Controller(':language/waiting')
export class RegisterController {
  constructor(
    private readonly pages: Pages,
    private readonly patients: PatientsOfClinic,
    private readonly wishes: WishesOfClinic,
    private readonly entries: WaitingEntries,
    private readonly registerEntry: RegisterEntry,
    private readonly wisher: WisherAsked,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('new')
  who(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.whoPage(staff, request, formOf({}), false);
  }

  @Post('patients')
  @HttpCode(200)
  find(@Body() body: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseForm(WhoForm, body);
    return this.whoPage(staff, request, parsed.form, parsed.ok);
  }

  @Post('details')
  @HttpCode(200)
  details(@Body() body: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    requireSomewhere(staff, staff.clinicId, 'waiting.edit');
    const parsed = parseForm(ChosenForm, chosenFields(body));
    if (!parsed.ok) throw new Refusal('invalid');
    const { q, patientId, patient } = parsed.value;
    return this.page(
      staff,
      request,
      patientId || patient
        ? parsed.form
        : formOf(guessed(q, request.language, localDate(this.clock.now(), 'Europe/Riga'))),
    );
  }

  @Post()
  async register(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    requireSomewhere(actor, actor.clinicId, 'waiting.edit');
    const parsed = parseForm(RegisterForm, body);
    if (!parsed.ok) return this.page(actor, request, parsed.form, 422);
    const { value } = parsed;
    const [serviceId = '', payer = ''] = value.wanted.split('|');
    const { calendars } = await this.wishes.run(actor, request.language);
    const branch = calendars.find((each) => each.branch.id === value.branch)?.branch;
    if (!branch) return this.page(actor, request, withError(parsed.form, 'branch', 'choice'), 422);
    const isGiven = calendars.some(
      (each) =>
        (value.practitioner === undefined || each.practitionerId === value.practitioner) &&
        each.payer === payer &&
        each.services.some(({ id }) => id === serviceId),
    );
    if (!isGiven)
      return this.page(actor, request, withError(parsed.form, 'practitioner', 'waiting.errors.not-given'), 422);
    const phone = value.phone ? (normalisePhone(value.phone) ?? normalisePhone(value.phone, 'EE')) : null;
    if (value.phone && phone === null) return this.page(actor, request, withError(parsed.form, 'phone', 'phone'), 422);
    const person = await this.wisher.of(value, actor.clinicId);
    if ('errors' in person) {
      const wrong = person.errors.reduce((form, { path, code }) => withError(form, path, code), parsed.form);
      return this.page(actor, request, wrong, 422);
    }
    const receivedAt = value.receivedDay
      ? instantAt(Temporal.PlainDate.from(value.receivedDay), value.receivedTime ?? '00:00', branch.zone)
      : null;
    const { idempotencyKey, ...asked } = value;
    try {
      const { id } = await this.registerEntry.run({
        actor,
        clinicId: actor.clinicId,
        branchId: branch.id,
        channel: value.channel,
        receivedAt,
        person,
        contact: { email: value.email ?? null, phone },
        serviceId,
        payer: payer as Payer,
        practitionerId: value.practitioner ?? null,
        wish: value.wish ?? null,
        request: requestOf(actor, 'POST waiting', idempotencyKey, asked),
      });
      const entry = await this.entries.find(actor, id);
      const day = formatPlainDate(request.language, entry.countsFrom, 'full');
      flash(request, { kind: 'success', key: 'waiting.done', args: { day } });
      return seeOther(pathTo(request.language, '/waiting/', id));
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not-allowed')
        return this.page(actor, request, withError(parsed.form, 'practitioner', 'waiting.errors.whose'), 422);
      return this.page(actor, request, refusedForm(parsed.form, error), 422);
    }
  }

  private async whoPage(staff: StaffActor, request: WebRequest, form: FormState, wasAsked: boolean): Promise<string> {
    requireSomewhere(staff, staff.clinicId, 'waiting.edit');
    const q = typeof form.values['q'] === 'string' ? form.values['q'] : '';
    const found = wasAsked && q.trim().length > 1 ? await this.patients.find(staff, q) : [];
    const model = { form, q, wasAsked, choices: found.map((line) => patientChoice(line, request.language)) };
    const title = translate(request.language, 'waiting.register.title');
    return this.pages.render('clinic/waiting-who', model, { request, title, styles, scripts });
  }

  private async page(staff: StaffActor, request: WebRequest, form: FormState, status = 200): Promise<string> {
    const { language } = request;
    const { patientId } = form.values;
    const card =
      typeof patientId === 'string' && isId(patientId)
        ? await this.patients.card(staff, patientId, { purpose: 'booking' })
        : null;
    const choices = await this.wishes.run(staff, language);
    const choose = { value: '', label: translate(language, 'waiting.register.choose') };
    const anybody = { value: '', label: translate(language, 'waiting.anybody') };
    const model = {
      form: { ...form, values: { ...contactsOf(card), channel: 'phone', ...form.values } },
      known: card && personModel(card, language),
      channels: staffChannels.map((value) => ({ value, label: translate(language, `waiting.channels.${value}`) })),
      wanted: choices.wanted.length === 1 ? choices.wanted : [choose, ...choices.wanted],
      branches: choices.branches,
      onlyBranch: choices.branches.length === 1 ? choices.branches[0]?.value : undefined,
      practitioners: choices.isBound ? choices.practitioners : [anybody, ...choices.practitioners],
      today: localDate(this.clock.now(), choices.calendars[0]?.branch.zone ?? 'Europe/Riga').toString(),
      ...newPatientLists(language),
    };
    const title = translate(language, 'waiting.register.title');
    return this.pages.render('clinic/waiting-register', model, { request, title, status, styles, scripts });
  }
}

/** Who it is, whatever else a page from which one comes holds: the booking form hands its caller on. */
function chosenFields(body: unknown): Record<string, unknown> {
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const isBooking = fields.some(([name]) => name === 'later');
  const whose = ['patientId', 'phone', 'email', ...(isBooking ? [] : ['q'])];
  return Object.fromEntries(
    fields.filter(([name, value]) => value !== '' && (whose.includes(name) || name.startsWith('patient.'))),
  );
}

const contactsOf = (card: PatientCard | null): { phone?: string; email?: string } => ({
  ...(card?.phone && { phone: card.phone }),
  ...(card?.email && { email: card.email }),
});

/** What the verb refused, beside the form's fields: when it came in is two of them. */
const refusedForm = (form: FormState, error: unknown): FormState => {
  const errors = error instanceof Refusal ? (error.details.errors ?? []) : [];
  const received = errors.find(({ path }) => path === 'receivedAt');
  return received ? withError(form, 'receivedDay', received.code) : withRefusal(form, error);
};
