import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { CalendarsOfClinic } from '#libs/calendars';
import { EndRole, type PractitionerInSetup, SetupOfClinic } from '#libs/profiles';
import { flash, formOf, type FormState, parseForm, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { MakeChange } from '../changes/make-change.js';
import { StaffOf } from '../staff-of.decorator.js';
import { EndForm } from './doctor.form.js';
import { knownDoctor } from './known-doctor.js';
import { refused } from './refused.js';
import { SetupPages } from './setup-pages.js';
import { nameOf } from './wizard.view.js';

/** The last day of somebody at the clinic; who is booked after it is asked about before anything changes. */
@Controller(':language/setup/doctors/:id/end')
export class EndWorkController {
  constructor(
    private readonly pages: SetupPages,
    private readonly setup: SetupOfClinic,
    private readonly calendars: CalendarsOfClinic,
    private readonly endRole: EndRole,
    private readonly makeChange: MakeChange,
  ) {}

  @Get()
  async ask(@Param('id') id: string, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const doctor = knownDoctor(await this.setup.run(staff, staff.clinicId), id);
    return this.page(request, doctor, formOf({ lastDay: doctor.activeTo }));
  }

  @Post()
  async end(
    @Param('id') id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const clinic = await this.setup.run(actor, actor.clinicId);
    const clinicId = clinic.id;
    const doctor = knownDoctor(clinic, id);
    const parsed = parseForm(EndForm, body);
    if (!parsed.ok) return this.page(request, doctor, parsed.form);
    const lastDay = Temporal.PlainDate.from(parsed.value.lastDay);
    const calendars = await this.calendars.run(clinicId);
    try {
      if (!calendars.some(({ practitionerId }) => practitionerId === id)) {
        await this.endRole.run({ actor, clinicId, practitionerId: id, lastDay });
      } else {
        const asked = await this.makeChange.run(actor, request, { kind: 'end-role', practitionerId: id, lastDay });
        if (asked) return asked;
      }
    } catch (thrown) {
      return this.page(request, doctor, refused(parsed.form, thrown));
    }
    flash(request, { kind: 'success', key: 'setup.end.done' });
    return seeOther(pathTo(request.language, '/setup'));
  }

  private page(request: WebRequest, doctor: PractitionerInSetup, form: FormState): Promise<string> {
    const { language } = request;
    const back = pathTo(language, '/setup/doctors/', doctor.id);
    const model = { form, back, action: `${back}/end`, name: nameOf(language, doctor) };
    return this.pages.render('setup-end-work', model, { request, title: 'setup.end.title', form });
  }
}
