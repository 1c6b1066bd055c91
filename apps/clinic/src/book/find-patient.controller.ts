import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { PatientsOfClinic } from '#libs/appointments';
import { translate } from '#libs/platform';
import { formOf, type FormState, Pages, parseForm, parseQuery, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { FindPatientForm, WantedPlace } from './book.form.js';
import { newPatientLists, patientChoice, type PatientChoice } from './book.view.js';

const styles = ['staff.css'];
const scripts = ['shortcuts.js'];

/** The first step for a caller: who they are. Names and codes are posted, so that they never stand in an address. */
@Controller(':language/book')
export class FindPatientController {
  constructor(
    private readonly pages: Pages,
    private readonly patients: PatientsOfClinic,
  ) {}

  @Get()
  show(@Query() query: unknown, @Req() request: WebRequest): Promise<string> {
    const parsed = parseQuery(WantedPlace, query);
    return this.page(request, parsed.ok ? parsed.value : new WantedPlace(), {});
  }

  @Post('patients')
  async find(@Body() body: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseForm(FindPatientForm, body);
    if (!parsed.ok) return this.page(request, new WantedPlace(), { form: parsed.form });
    const { q, ...wanted } = parsed.value;
    const found = q && q.length > 1 ? await this.patients.find(staff, q) : [];
    const choices = found.map((line) => patientChoice(line, request.language));
    if (request.headers['hx-request'] === 'true') {
      const model = { choices, wasAsked: Boolean(q), hidden: { ...wanted }, q };
      return this.pages.fragment('clinic/partials/patients', model, { request });
    }
    return this.page(request, wanted, { form: parsed.form, choices });
  }

  @Post('new')
  newPatient(@Body() body: unknown, @Req() request: WebRequest): Promise<string> {
    const parsed = parseForm(FindPatientForm, body);
    const { q, ...wanted } = parsed.ok ? parsed.value : new FindPatientForm();
    const model = { form: formOf(guessed(q, request)), hidden: { ...wanted }, ...newPatientLists(request.language) };
    const title = translate(request.language, 'clinic.book.new');
    return this.pages.render('clinic/book-new', model, { request, title, styles, scripts });
  }

  private page(
    request: WebRequest,
    wanted: WantedPlace,
    { form, choices }: { form?: FormState; choices?: PatientChoice[] },
  ): Promise<string> {
    const model = {
      form: form ?? formOf({}),
      q: form?.values['q'],
      hidden: { ...wanted },
      wasAsked: choices !== undefined,
      choices: choices ?? [],
    };
    const title = translate(request.language, 'clinic.book.title');
    return this.pages.render('clinic/book', model, { request, title, styles, scripts });
  }
}

/** What was searched for becomes the first fields: a code, a number, or a name. */
function guessed(q: string | undefined, { language }: WebRequest): Record<string, unknown> {
  const known = {
    patient: {
      personCode: { country: language === 'et' ? 'EE' : 'LV' },
      language: language === 'en' ? 'lv' : language,
    },
  };
  if (!q) return known;
  const digits = q.replace(/[\s-]/g, '');
  if (/^\d{11}$/.test(digits)) return { ...known, 'patient.personCode.code': q };
  if (/^\+?\d{7,15}$/.test(digits)) return { ...known, phone: q };
  const [givenName = '', ...family] = q.split(/\s+/);
  return { ...known, 'patient.givenName': givenName, 'patient.familyName': family.join(' ') };
}
