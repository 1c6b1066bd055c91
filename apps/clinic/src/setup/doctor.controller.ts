import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { CalendarsOfClinic } from '#libs/calendars';
import { Refusal } from '#libs/platform';
import {
  type ClinicInSetup,
  KeepPractitionerCard,
  KeepRole,
  type PractitionerInSetup,
  PublishPractitioner,
  SetupChoices,
  SetupOfClinic,
} from '#libs/profiles';
import { flash, formOf, type FormState, parseForm, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { cardOf, roleOf } from './doctor-card.js';
import { DoctorForm, RoleForm } from './doctor.form.js';
import { doctorFormModel, doctorModel } from './doctor.view.js';
import { knownDoctor } from './known-doctor.js';
import { refused } from './refused.js';
import { SetupPages } from './setup-pages.js';

/** The card of somebody who works at the clinic (R2-08), and whether patients see it. */
@Controller(':language/setup/doctors/:id')
export class DoctorController {
  constructor(
    private readonly pages: SetupPages,
    private readonly setup: SetupOfClinic,
    private readonly choices: SetupChoices,
    private readonly calendars: CalendarsOfClinic,
    private readonly keepCard: KeepPractitionerCard,
    private readonly keepRole: KeepRole,
    private readonly publishPractitioner: PublishPractitioner,
  ) {}

  @Get()
  async show(@Param('id') id: string, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const clinic = await this.setup.run(staff, staff.clinicId);
    const doctor = knownDoctor(clinic, id);
    const { givenName, familyName, title, about, languages, activeFrom, restrictions } = doctor;
    const known = { givenName, familyName, title, about, languages, activeFrom, restrictions };
    const specialties = Object.fromEntries(doctor.specialties.map((each, index) => [`specialties.${index}`, each.id]));
    return this.page(request, clinic, doctor, formOf({ ...known, ...specialties }));
  }

  @Post()
  async send(
    @Param('id') id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const clinic = await this.setup.run(actor, actor.clinicId);
    const doctor = knownDoctor(clinic, id);
    const which = { actor, clinicId: clinic.id, practitionerId: doctor.id };
    const parsed = doctor.isKept ? parseForm(DoctorForm, body) : parseForm(RoleForm, body);
    if (!parsed.ok) return this.page(request, clinic, doctor, parsed.form);
    const form = parsed.value;
    try {
      if (form instanceof DoctorForm) await this.keepCard.run({ ...which, card: cardOf(form), role: roleOf(form) });
      else await this.keepRole.run({ ...which, role: roleOf(form) });
    } catch (thrown) {
      return this.page(request, clinic, doctor, refused(parsed.form, thrown));
    }
    flash(request, { kind: 'success', key: 'setup.saved' });
    return seeOther(pathTo(request.language, '/setup'));
  }

  @Post('publish')
  publish(@Param('id') id: string, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    return this.turn(id, staff, request, true);
  }

  @Post('withdraw')
  withdraw(@Param('id') id: string, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    return this.turn(id, staff, request, false);
  }

  private async turn(id: string, actor: StaffActor, request: WebRequest, published: boolean): Promise<SeeOther> {
    const clinic = await this.setup.run(actor, actor.clinicId);
    const { id: practitionerId } = knownDoctor(clinic, id);
    try {
      await this.publishPractitioner.run({ actor, clinicId: clinic.id, practitionerId, published });
      flash(request, { kind: 'success', key: published ? 'setup.doctor.published' : 'setup.doctor.withdrawn' });
    } catch (thrown) {
      // The wizard names what is missing, with the way to its field.
      if (!(thrown instanceof Refusal) || thrown.code !== 'incomplete') throw thrown;
      const isClinic = thrown.details.errors?.[0]?.path === 'clinic';
      flash(request, { kind: 'error', key: isClinic ? 'setup.publish.clinic-first' : 'setup.publish.incomplete' });
    }
    return seeOther(pathTo(request.language, '/setup'));
  }

  private async page(
    request: WebRequest,
    clinic: ClinicInSetup,
    doctor: PractitionerInSetup,
    form: FormState,
  ): Promise<string> {
    const { language } = request;
    const [official, calendars] = await Promise.all([
      this.choices.specialties(clinic.country, language),
      this.calendars.run(clinic.id),
    ]);
    // What the card has already stays a choice, though it stands in the other country's list only.
    const foreign = doctor.specialties.filter(({ id }) => !official.some((each) => each.id === id));
    const model = {
      ...doctorFormModel(language, clinic, form, [...official, ...foreign]),
      ...doctorModel(language, doctor, calendars),
    };
    return this.pages.render('setup-doctor', model, { request, title: 'setup.doctor.title', form });
  }
}
