import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { type ClinicInSetup, KeepClinicCard, SetupChoices, SetupOfClinic } from '#libs/profiles';
import { flash, formOf, type FormState, parseForm, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { ClinicCardForm } from './clinic-card.form.js';
import { wordsOf } from './form-parts.js';
import { refused } from './refused.js';
import { fourLanguages, SetupPages } from './setup-pages.js';

/** The clinic's own card (R2-07). */
@Controller(':language/setup/clinic')
export class ClinicCardController {
  constructor(
    private readonly pages: SetupPages,
    private readonly setup: SetupOfClinic,
    private readonly choices: SetupChoices,
    private readonly keep: KeepClinicCard,
  ) {}

  @Get()
  async show(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const clinic = await this.setup.run(staff, staff.clinicId);
    const { name, registrationNumber, address, phone, email, website, about, insurerIds } = clinic;
    const known = { name, registrationNumber, address, phone, email, website, about, insurers: insurerIds };
    return this.page(request, clinic, formOf(known));
  }

  @Post()
  async send(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const clinic = await this.setup.run(actor, actor.clinicId);
    const parsed = parseForm(ClinicCardForm, body);
    if (!parsed.ok) return this.page(request, clinic, parsed.form);
    const { insurers, about, website, registrationNumber, name, address, phone, email } = parsed.value;
    try {
      await this.keep.run({
        actor,
        clinicId: actor.clinicId,
        card: {
          name,
          address,
          phone,
          email,
          registrationNumber: registrationNumber.replaceAll(' ', ''),
          website: website ?? null,
          about: wordsOf(about),
          insurerIds: insurers ?? [],
        },
      });
    } catch (thrown) {
      return this.page(request, clinic, refused(parsed.form, thrown));
    }
    flash(request, { kind: 'success', key: 'setup.saved' });
    return seeOther(pathTo(request.language, '/setup'));
  }

  private async page(request: WebRequest, clinic: ClinicInSetup, form: FormState): Promise<string> {
    const insurers = await this.choices.insurers(clinic.country);
    const model = {
      form,
      name: clinic.name,
      initials: [...clinic.name][0] ?? '',
      picture: clinic.picture,
      country: clinic.country,
      about: fourLanguages(request.language, clinic, form, 'about'),
      insurers: insurers.map(({ id, name }) => ({ value: id, label: name })),
    };
    return this.pages.render('setup-clinic', model, { request, title: 'setup.clinic.title', form });
  }
}
