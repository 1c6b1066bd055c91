import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { InviteAgain, type InvitationLine, type StaffActor, StaffOfClinic } from '#libs/access';
import { LettersToStaff } from '#libs/notifications';
import { normaliseEmail } from '#libs/people';
import { Refusal, translate } from '#libs/platform';
import {
  flash,
  formOf,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withError,
  withRefusal,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { letterLine } from './staff-letters.view.js';
import { InvitedAddressForm } from './staff.form.js';

/** An invitation went to an address that is not theirs: the right one, and a new link to it. */
@Controller(':language/staff/invitations/:id/address')
export class InvitedAddressController {
  constructor(
    private readonly pages: Pages,
    private readonly staff: StaffOfClinic,
    private readonly letters: LettersToStaff,
    private readonly again: InviteAgain,
  ) {}

  @Get()
  async ask(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const line = await this.find(actor, id);
    return this.page(line, formOf({ email: line.email }), actor, request);
  }

  @Post()
  async send(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const line = await this.find(actor, id);
    const parsed = parseForm(InvitedAddressForm, body);
    if (!parsed.ok) return this.page(line, parsed.form, actor, request, 422);
    const email = normaliseEmail(parsed.value.email);
    if (email === null) return this.page(line, withError(parsed.form, 'email', 'email'), actor, request, 422);
    try {
      await this.again.run({ actor, clinicId: actor.clinicId, id, email });
    } catch (thrown) {
      return this.page(line, withRefusal(parsed.form, thrown), actor, request, 422);
    }
    flash(request, { kind: 'success', key: 'staff.invitations.sent-again' });
    return seeOther(pathTo(request.language, '/staff'));
  }

  /** @throws Refusal `not-found` also of one that ended, and of somebody who works here: their address is their own */
  private async find(actor: StaffActor, id: string): Promise<InvitationLine> {
    const lines = await this.staff.invitations(actor, actor.clinicId);
    const line = lines.find((each) => each.id === id && each.purpose === 'join');
    if (!line) throw new Refusal('not-found');
    return line;
  }

  private async page(
    line: InvitationLine,
    form: FormState,
    actor: StaffActor,
    request: WebRequest,
    status = 200,
  ): Promise<string> {
    const { language } = request;
    const letters = await this.letters.ofInvitations(actor, actor.clinicId, [line.id]);
    const title = translate(language, 'staff.address.title');
    const model = {
      form,
      name: line.name,
      letter: letterLine(letters.get(line.id), language),
      self: pathTo(language, `/staff/invitations/${line.id}/address`),
    };
    return this.pages.render('clinic/staff-address', model, {
      request,
      title,
      status,
      styles: ['staff.css', 'roles.css'],
    });
  }
}
