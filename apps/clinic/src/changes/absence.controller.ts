import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { AcceptOffer, Absences, EndAbsence, requestOf } from '#libs/appointments';
import { CalendarsOfClinic } from '#libs/calendars';
import { lettersOfSteps } from '#libs/notifications';
import { CLOCK, type Clock, Database, Refusal, translate } from '#libs/platform';
import { flash, IdPipe, Pages, parseForm, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { mayCloseAll } from '../closures/may-close-all.js';
import { StaffOf } from '../staff-of.decorator.js';
import { absenceModel } from './absence.view.js';
import { AcceptForm } from './ill.form.js';

/** Refusals that the page itself explains. */
const sayAgain: ReadonlySet<string> = new Set([
  'offer-lapsed',
  'wrong-state',
  'slot-taken',
  'not-bookable',
  'patient-busy',
  'state-changed',
]);

/** An absence: where each patient stands, answers by phone, and taking it back. */
@Controller(':language/ill/:id')
export class AbsenceController {
  constructor(
    private readonly pages: Pages,
    private readonly database: Database,
    private readonly absences: Absences,
    private readonly calendars: CalendarsOfClinic,
    private readonly acceptOffer: AcceptOffer,
    private readonly endAbsence: EndAbsence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  show(@Param('id', IdPipe) id: string, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.page(id, staff, request);
  }

  /** The patient said on the phone which of the offered times they take. */
  @Post('accept')
  async accept(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(AcceptForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { offer: offerId, idempotencyKey } = parsed.value;
    try {
      const asked = requestOf(actor, 'POST ill/accept', idempotencyKey, { offerId });
      await this.acceptOffer.run({ actor, offerId, request: asked });
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || !sayAgain.has(thrown.code)) throw thrown;
      return this.page(id, actor, request, thrown);
    }
    flash(request, { kind: 'success', key: 'changes.ill.accepted' });
    return seeOther(pathTo(request.language, '/ill/', id));
  }

  @Post('reopen')
  async reopen(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    await this.endAbsence.run({ actor, id });
    flash(request, { kind: 'success', key: 'changes.ill.page.reopened' });
    return seeOther(pathTo(request.language, '/ill/', id));
  }

  private async page(id: string, staff: StaffActor, request: WebRequest, problem?: Refusal): Promise<string> {
    const { language } = request;
    const { absence, patients } = await this.absences.find(staff, id);
    const steps = patients.flatMap(({ eventId }) => eventId ?? []);
    const letters = await lettersOfSteps(this.database, steps);
    const mayReopen = mayCloseAll(await this.calendars.run(staff.clinicId), staff, absence.practitionerId);
    const model = {
      ...absenceModel(absence, patients, letters, { language, now: this.clock.now() }),
      mayReopen: mayReopen && absence.endedAt === null,
      problem: problem && {
        title: translate(language, `refusals.${problem.code}.title`),
        text: translate(language, `refusals.${problem.code}.detail`),
      },
    };
    const title = translate(language, 'changes.ill.page.title', { name: absence.practitioner });
    return this.pages.render('clinic/absence', model, {
      request,
      title,
      status: problem?.status ?? 200,
      styles: ['staff.css', 'changes.css'],
    });
  }
}
