import { Controller, Get, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { CalendarsOfClinic } from '#libs/calendars';
import { Refusal } from '#libs/platform';
import { PublishClinic, SetupOfClinic } from '#libs/profiles';
import { flash, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { SetupPages } from './setup-pages.js';
import { wizardModel } from './wizard.view.js';

/** The way of a clinic to its first patient: what is there, what is missing and where to fill it in (R2-10). */
@Controller(':language/setup')
export class WizardController {
  constructor(
    private readonly pages: SetupPages,
    private readonly setup: SetupOfClinic,
    private readonly calendars: CalendarsOfClinic,
    private readonly publishClinic: PublishClinic,
  ) {}

  @Get()
  async show(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const clinic = await this.setup.run(staff, staff.clinicId);
    const model = wizardModel(request.language, clinic, await this.calendars.run(staff.clinicId));
    return this.pages.render('setup', model, { request, title: 'setup.title' });
  }

  @Post('publish')
  publish(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    return this.turn(staff, request, true);
  }

  @Post('withdraw')
  withdraw(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    return this.turn(staff, request, false);
  }

  private async turn(actor: StaffActor, request: WebRequest, published: boolean): Promise<SeeOther> {
    try {
      await this.publishClinic.run({ actor, clinicId: actor.clinicId, published });
      flash(request, { kind: 'success', key: published ? 'setup.publish.done' : 'setup.publish.withdrawn' });
    } catch (thrown) {
      // The wizard names each thing that is missing, with the way to its field.
      if (!(thrown instanceof Refusal) || thrown.code !== 'incomplete') throw thrown;
      flash(request, { kind: 'error', key: 'setup.publish.incomplete' });
    }
    return seeOther(pathTo(request.language, '/setup'));
  }
}
