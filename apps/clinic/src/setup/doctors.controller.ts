import { Body, Controller, Get, Inject, Post, Query, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { CLOCK, type Clock, type Language, wordsIn } from '#libs/platform';
import {
  AddPractitioner,
  AddRole,
  type ClinicInSetup,
  type KnownPractitioner,
  SetupChoices,
  SetupOfClinic,
} from '#libs/profiles';
import { localDate } from '#libs/time';
import {
  emptyForm,
  flash,
  formOf,
  type FormState,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withError,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { cardOf, roleOf } from './doctor-card.js';
import { AddForm, DoctorForm } from './doctor.form.js';
import { doctorFormModel } from './doctor.view.js';
import { refused } from './refused.js';
import { SetupPages } from './setup-pages.js';

interface FoundLine {
  id: string;
  name: string;
  specialties: string;
  clinics: string;
}

/** Adding somebody: a new card, or one who has a card at another clinic and stays one person. */
@Controller(':language/setup/doctors')
export class DoctorsController {
  constructor(
    private readonly pages: SetupPages,
    private readonly setup: SetupOfClinic,
    private readonly choices: SetupChoices,
    private readonly addNew: AddPractitioner,
    private readonly addRole: AddRole,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('new')
  async ask(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const clinic = await this.setup.run(staff, staff.clinicId);
    const languages = clinic.country === 'LV' ? ['lv'] : ['et'];
    return this.newPage(request, clinic, formOf({ activeFrom: this.today(), languages }));
  }

  @Post('new')
  async add(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const clinic = await this.setup.run(actor, actor.clinicId);
    const parsed = parseForm(DoctorForm, body);
    if (!parsed.ok) return this.newPage(request, clinic, parsed.form);
    const { givenName, familyName, isOther } = parsed.value;
    const same = isOther === 'yes' ? [] : await this.others(clinic, `${givenName} ${familyName}`, request.language);
    if (same.length > 0)
      return this.newPage(request, clinic, withError(parsed.form, 'isOther', 'setup.errors.same-name'), same);
    try {
      const card = cardOf(parsed.value);
      const { id } = await this.addNew.run({ actor, clinicId: clinic.id, card, role: roleOf(parsed.value) });
      flash(request, { kind: 'success', key: 'setup.doctor.added' });
      return seeOther(pathTo(request.language, '/setup/doctors/', id));
    } catch (thrown) {
      return this.newPage(request, clinic, refused(parsed.form, thrown));
    }
  }

  @Get('add')
  async find(@Query('q') q: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const clinic = await this.setup.run(staff, staff.clinicId);
    const asked = typeof q === 'string' ? q.slice(0, 100) : '';
    const found = await this.others(clinic, asked, request.language);
    const model = { q: asked, form: emptyForm(), found, isAsked: asked !== '', today: this.today() };
    return this.pages.render('setup-add-doctor', model, { request, title: 'setup.add.title' });
  }

  @Post('add')
  async take(@Body() body: unknown, @StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    const { id: clinicId } = await this.setup.run(actor, actor.clinicId);
    const parsed = parseForm(AddForm, body);
    const { language } = request;
    if (!parsed.ok) return seeOther(pathTo(language, '/setup/doctors/add'));
    const { practitioner: practitionerId, activeFrom } = parsed.value;
    const role = { activeFrom: Temporal.PlainDate.from(activeFrom), restrictions: {} };
    await this.addRole.run({ actor, clinicId, practitionerId, role });
    flash(request, { kind: 'success', key: 'setup.add.done' });
    return seeOther(pathTo(language, '/setup/doctors/', practitionerId));
  }

  /** Published people of the name who do not work here yet. */
  private async others(clinic: ClinicInSetup, name: string, language: Language): Promise<FoundLine[]> {
    const here = new Set(clinic.practitioners.map(({ id }) => id));
    const found = await this.choices.practitionersNamed(name, language);
    const line = ({ id, name: called, specialties, clinics }: KnownPractitioner): FoundLine => ({
      id,
      name: called,
      specialties: specialties.map((words) => wordsIn(language, words)).join(', '),
      clinics: clinics.join(', '),
    });
    return found.filter(({ id }) => !here.has(id)).map(line);
  }

  private today(): string {
    return localDate(this.clock.now(), 'Europe/Riga').toString();
  }

  private async newPage(
    request: WebRequest,
    clinic: ClinicInSetup,
    form: FormState,
    same: readonly FoundLine[] = [],
  ): Promise<string> {
    const { language } = request;
    const specialties = await this.choices.specialties(clinic.country, language);
    const action = pathTo(language, '/setup/doctors/new');
    const activeFrom = form.values['activeFrom'] ?? this.today();
    const model = { ...doctorFormModel(language, clinic, form, specialties), action, same, activeFrom };
    return this.pages.render('setup-new-doctor', model, { request, title: 'setup.doctor.new', form });
  }
}
