import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { IsOptional, Max, Min } from 'class-validator';
import {
  InviteAgain,
  InviteStaff,
  invitationDays,
  requireStaff,
  type StaffActor,
  StaffOfClinic,
  WithdrawInvitation,
} from '#libs/access';
import { LettersToStaff, TrustInvitedAddress } from '#libs/notifications';
import { normaliseEmail } from '#libs/people';
import { CLOCK, type Clock, translate } from '#libs/platform';
import { localDate } from '#libs/time';
import {
  flash,
  formOf,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  parseQuery,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  WholeNumber,
  withError,
  withRefusal,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { NamesOfClinic } from './names-of-clinic.js';
import { InviteForm, rightsOfForm } from './staff.form.js';
import { letterOfInvitation, untoldLine } from './staff-letters.view.js';
import { invitationLineModel, languageChoices, rightsChoices, staffLineModel, staffZone } from './staff.view.js';

class PageQuery {
  @IsOptional()
  @WholeNumber()
  @Min(1)
  @Max(1000)
  page?: number;
}

const styles = ['staff.css', 'roles.css'];

/** Who works at the clinic and who is invited. Only for whoever gives rights. */
@Controller(':language/staff')
export class StaffController {
  constructor(
    private readonly pages: Pages,
    private readonly staff: StaffOfClinic,
    private readonly names: NamesOfClinic,
    private readonly invite: InviteStaff,
    private readonly again: InviteAgain,
    private readonly withdraw: WithdrawInvitation,
    private readonly letters: LettersToStaff,
    private readonly trust: TrustInvitedAddress,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query() query: unknown, @StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const parsed = parseQuery(PageQuery, query);
    const page = parsed.ok ? (parsed.value.page ?? 1) : 1;
    const [{ items, hasMore }, invitations, names] = await Promise.all([
      this.staff.run(actor, actor.clinicId, page),
      this.staff.invitations(actor, actor.clinicId),
      this.names.run(actor.clinicId),
    ]);
    const idsOf = (lines: readonly { id: string }[]): string[] => lines.map(({ id }) => id);
    const [ofInvitations, untold] = await Promise.all([
      this.letters.ofInvitations(actor, actor.clinicId, idsOf(invitations)),
      this.letters.untoldMembers(actor, actor.clinicId, idsOf(items)),
    ]);
    const today = localDate(this.clock.now(), staffZone).toString();
    const at = (n: number): string => pathTo(language, `/staff?page=${n}`);
    const model = {
      people: items.map((line) => ({
        ...staffLineModel(line, names, language, { today, selfId: actor.staffMemberId }),
        untold: untoldLine(untold.get(line.id), language),
      })),
      invitations:
        page === 1
          ? invitations.map((line) => ({
              ...invitationLineModel(line, names, language, today),
              ...letterOfInvitation(line, ofInvitations.get(line.id), language),
            }))
          : [],
      previous: page > 1 ? at(page - 1) : '',
      next: hasMore ? at(page + 1) : '',
      summary: translate(language, 'staff.page', { n: page }),
    };
    const title = translate(language, 'staff.title');
    return this.pages.render('clinic/staff', model, { request, title, styles });
  }

  @Get('invite')
  ask(@StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<string> {
    const form = formOf({ role: 'registrar', reach: 'all', language: request.language });
    return this.page(form, actor, request);
  }

  @Post('invite')
  async send(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(InviteForm, body);
    if (!parsed.ok) return this.page(parsed.form, actor, request, 422);
    const { name, language, email: typed } = parsed.value;
    const email = normaliseEmail(typed);
    if (email === null) return this.page(withError(parsed.form, 'email', 'email'), actor, request, 422);
    try {
      const wish = { email, name, language, rights: rightsOfForm(parsed.value) };
      await this.invite.run({ actor, clinicId: actor.clinicId, wish });
    } catch (thrown) {
      return this.page(withRefusal(parsed.form, thrown), actor, request, 422);
    }
    flash(request, { kind: 'success', key: 'staff.invitations.sent', args: { days: invitationDays } });
    return seeOther(pathTo(request.language, '/staff'));
  }

  @Post('invitations/:id/again')
  async sendAgain(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    await this.trust.run({ actor, clinicId: actor.clinicId, invitationId: id });
    await this.again.run({ actor, clinicId: actor.clinicId, id });
    flash(request, { kind: 'success', key: 'staff.invitations.sent-again' });
    return seeOther(pathTo(request.language, '/staff'));
  }

  @Post('invitations/:id/withdraw')
  async takeBack(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    await this.withdraw.run({ actor, clinicId: actor.clinicId, id });
    flash(request, { kind: 'success', key: 'staff.invitations.withdrawn' });
    return seeOther(pathTo(request.language, '/staff'));
  }

  private async page(form: FormState, actor: StaffActor, request: WebRequest, status = 200): Promise<string> {
    requireStaff(actor, actor.clinicId, 'staff.edit');
    const { language } = request;
    const names = await this.names.run(actor.clinicId);
    const model = { form, ...rightsChoices(names, language), languages: languageChoices() };
    const title = translate(language, 'staff.invite-page.title');
    return this.pages.render('clinic/staff-invite', model, { request, title, status, styles });
  }
}
