import { Body, Controller, Get, Inject, Post, Query, Req } from '@nestjs/common';
import { requireSomewhere, type StaffActor } from '#libs/access';
import { PatientsOfClinic } from '#libs/appointments';
import { CLOCK, type Clock, translate } from '#libs/platform';
import { localDate } from '#libs/time';
import type { WaitingEntryCard } from '#libs/waiting-list';
import { formOf, type FormState, Pages, parseForm, parseQuery, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { BeganWith } from './began-with.js';
import { FindPatientForm, WantedPlace } from './book.form.js';
import { newPatientLists, patientChoice, type PatientChoice } from './book.view.js';
import { guessed } from './guessed.js';
import { NewPatientPage } from './new-patient-page.js';

/** The first step for a caller: who they are. Names and codes are posted, so that they never stand in an address. */
@Controller(':language/book')
export class FindPatientController {
  constructor(
    private readonly pages: Pages,
    private readonly patients: PatientsOfClinic,
    private readonly beganWith: BeganWith,
    private readonly newPatients: NewPatientPage,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    requireSomewhere(staff, staff.clinicId, 'appointments.book');
    const parsed = parseQuery(WantedPlace, query);
    const wanted = parsed.ok ? parsed.value : new WantedPlace();
    const wish = await this.beganWith.wish(staff, wanted.waiting);
    const name = wish && `${wish.person.givenName} ${wish.person.familyName}`;
    const found =
      wish &&
      (await (wish.patientId ? this.patients.one(staff, wish.patientId) : this.patients.find(staff, name ?? '')));
    return this.page(staff, request, wanted, {
      form: formOf({ q: name }),
      wish,
      ...(found && { choices: found.map((line) => patientChoice(line, request.language)) }),
      ...(wish && { told: { email: wish.person.email, phone: wish.person.phone } }),
    });
  }

  @Post('patients')
  async find(@Body() body: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseForm(FindPatientForm, body);
    if (!parsed.ok) return this.page(staff, request, new WantedPlace(), { form: parsed.form });
    const { q, ...wanted } = parsed.value;
    const found = q && q.length > 1 ? await this.patients.find(staff, q) : [];
    const choices = found.map((line) => patientChoice(line, request.language));
    if (request.headers['hx-request'] === 'true') {
      const model = { choices, wasAsked: Boolean(q), hidden: { ...wanted }, q, ...this.newPatient(q, request) };
      return this.pages.fragment('clinic/partials/patients', model, { request });
    }
    const wish = await this.beganWith.wish(staff, wanted.waiting);
    return this.page(staff, request, wanted, { form: parsed.form, wish, choices });
  }

  @Post('new')
  async create(@Body() body: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    requireSomewhere(staff, staff.clinicId, 'appointments.book');
    const parsed = parseForm(FindPatientForm, body);
    const { q, ...wanted } = parsed.ok ? parsed.value : new FindPatientForm();
    return this.newPatients.show(request, formOf({ ...wanted, ...guessed(q, request.language, this.today()) }));
  }

  private today(): Temporal.PlainDate {
    return localDate(this.clock.now(), 'Europe/Riga');
  }

  private newPatient(
    q: unknown,
    { language }: WebRequest,
    told: Record<string, string | null> = {},
  ): { newForm: FormState; languages: unknown } {
    const typed = typeof q === 'string' ? q : undefined;
    const newForm = formOf({ ...guessed(typed, language, this.today()), ...told });
    return { newForm, languages: newPatientLists(language).languages };
  }

  private async page(
    staff: StaffActor,
    request: WebRequest,
    wanted: WantedPlace,
    {
      form,
      wish,
      choices,
      told = {},
    }: {
      form: FormState;
      wish?: WaitingEntryCard | undefined;
      choices?: PatientChoice[];
      told?: Record<string, string | null>;
    },
  ): Promise<string> {
    const q = form.values['q'];
    const model = {
      form,
      q,
      hidden: { ...wanted },
      began: await this.beganWith.words(staff, wanted, wish, request.language),
      wasAsked: choices !== undefined,
      choices: choices ?? [],
      ...this.newPatient(q, request, told),
    };
    const title = translate(request.language, 'clinic.book.title');
    return this.pages.render('clinic/book', model, {
      request,
      title,
      styles: ['staff.css', 'book.css'],
      scripts: ['shortcuts.js', 'arrow-keys.js'],
    });
  }
}
