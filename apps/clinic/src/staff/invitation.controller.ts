import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { Matches } from 'class-validator';
import { AcceptInvitation, type Actor, type InvitationShown, passwordLength } from '#libs/access';
import { ClinicNames } from '#libs/profiles';
import { formatDateTime, Refusal, translate } from '#libs/platform';
import {
  ActorOf,
  chooseWorkplace,
  emptyForm,
  flash,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  parseQuery,
  pathTo,
  RateLimit,
  type SeeOther,
  seeOther,
  SessionCookie,
  type WebRequest,
  withRefusal,
} from '#libs/web';
import { qrCode, qrPath } from '../paper/qr-code.js';
import { rememberDevice } from '../sign-in/known-device-cookie.js';
import { AcceptForm } from './staff.form.js';
import { staffZone } from './staff.view.js';

class Link {
  @Matches(/^[\w-]{43}$/)
  key: string;
}

interface Asked {
  id: string;
  key: string;
  actor: Actor;
  request: WebRequest;
}

/** The link in an invitation's letter: opening it changes nothing, a person presses the button (promise 11). */
@Controller(':language/invitation/:id')
export class InvitationController {
  constructor(
    private readonly pages: Pages,
    private readonly cookie: SessionCookie,
    private readonly invitations: AcceptInvitation,
    private readonly clinics: ClinicNames,
  ) {}

  @Get()
  @RateLimit('staff-invitation', { perMinute: 30 })
  async show(
    @Param('id', IdPipe) id: string,
    @Query() query: unknown,
    @ActorOf() actor: Actor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const parsed = parseQuery(Link, query);
    return this.page({ id, key: parsed.ok ? parsed.value.key : '', actor, request }, emptyForm());
  }

  @Post()
  @RateLimit('staff-invitation', { perMinute: 20 })
  async send(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @ActorOf() actor: Actor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(AcceptForm, body, { raw: ['password'] });
    const typed = parsed.form.values['key'];
    const asked: Asked = { id, key: typeof typed === 'string' ? typed : '', actor, request };
    if (actor.kind === 'staff') return this.begin(asked);
    if (!parsed.ok) return this.page(asked, parsed.form, 422);
    const { password, code, sealed } = parsed.value;
    try {
      const { clinicId } = await this.invitations.show(actor, asked);
      const about = [await this.clinics.of(clinicId)];
      const former = this.cookie.tokenOf(request);
      const signedIn = await this.invitations.choose(asked, { password, code, sealed, about, former });
      await this.cookie.give(request, signedIn.token);
      rememberDevice(request, signedIn.knownDevice);
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code === 'link-expired') return this.over(request);
      return this.page(asked, withRefusal(parsed.form, thrown), 422);
    }
    flash(request, { kind: 'success', key: 'staff.invitation.welcome' });
    return seeOther(pathTo(request.language, '/'));
  }

  /** Somebody who works at another clinic already takes this role, too. */
  private async begin({ id, key, actor, request }: Asked): Promise<string | SeeOther> {
    try {
      const { staffMemberId } = await this.invitations.accept(actor, { id, key });
      chooseWorkplace(request, staffMemberId);
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code === 'link-expired') return this.over(request);
      throw thrown;
    }
    flash(request, { kind: 'success', key: 'staff.invitation.welcome' });
    return seeOther(pathTo(request.language, '/'));
  }

  private async page(asked: Asked, form: FormState, status = 200): Promise<string> {
    const { id, key, actor, request } = asked;
    const { language } = request;
    let invitation: InvitationShown;
    try {
      invitation = await this.invitations.show(actor, { id, key });
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code === 'link-expired') return this.over(request);
      throw thrown;
    }
    const { purpose, name, email, role, next, expiresAt } = invitation;
    const clinic = await this.clinics.of(invitation.clinicId);
    const words = { name, clinic, role: translate(language, `clinic.roles.${role}`) };
    const sealed = form.values['sealed'];
    const factor = this.invitations.factor(invitation, typeof sealed === 'string' ? sealed : undefined);
    const qr = qrCode(factor.address);
    const self = pathTo(language, '/invitation/', id);
    const model = {
      heading: translate(language, `staff.invitation.title-${purpose}`, words),
      lead: translate(language, `staff.invitation.lead-${purpose}`, words),
      until: translate(language, 'staff.invitation.until', {
        at: formatDateTime(language, expiresAt, staffZone, 'medium'),
      }),
      email,
      next,
      form,
      key,
      self,
      send: translate(language, `staff.invitation.send-${purpose}`),
      least: passwordLength.least,
      factor,
      qr: { size: qr.size, path: qrPath(qr) },
      signInPath: pathTo(language, `/sign-in?${new URLSearchParams({ returnTo: `${self}?key=${key}` }).toString()}`),
    };
    const title = model.heading;
    return this.pages.render('clinic/invitation', model, {
      request,
      title,
      status,
      styles: ['staff.css', 'roles.css'],
    });
  }

  private over(request: WebRequest): Promise<string> {
    const title = translate(request.language, 'staff.invitation.over.title');
    return this.pages.render('clinic/invitation-over', {}, { request, title, status: 410, styles: ['staff.css'] });
  }
}
