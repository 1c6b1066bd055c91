import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { ChangeStaff, EndStaff, ResetSecondFactor, type StaffActor, type StaffLine, StaffOfClinic } from '#libs/access';
import { LettersToStaff } from '#libs/notifications';
import { CLOCK, type Clock, Refusal, translate } from '#libs/platform';
import { localDate } from '#libs/time';
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
import { NamesOfClinic } from './names-of-clinic.js';
import { ChangeStaffForm, rightsOfForm } from './staff.form.js';
import { untoldLine } from './staff-letters.view.js';
import { eventModel, rightsChoices, staffLineModel, staffZone } from './staff.view.js';

const styles = ['staff.css', 'roles.css'];

const formOfLine = (line: StaffLine): FormState =>
  formOf({
    role: line.role,
    practitioner: line.practitionerId,
    assists: line.assists,
    assistsUntil: line.assistsUntil,
    reach: line.branchIds === null ? 'all' : 'some',
    branches: line.branchIds ?? [],
    activeTo: line.activeTo,
  });

/** One member of staff: role, reach, last day, a lost telephone, the end; and what was done to their rights. */
@Controller(':language/staff/:id')
export class StaffMemberController {
  constructor(
    private readonly pages: Pages,
    private readonly staff: StaffOfClinic,
    private readonly names: NamesOfClinic,
    private readonly letters: LettersToStaff,
    private readonly change: ChangeStaff,
    private readonly end: EndStaff,
    private readonly reset: ResetSecondFactor,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  show(@Param('id', IdPipe) id: string, @StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.page(id, actor, request);
  }

  @Post()
  async keep(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(ChangeStaffForm, body);
    if (!parsed.ok) return this.page(id, actor, request, parsed.form);
    const { version, activeTo } = parsed.value;
    try {
      await this.change.run({
        actor,
        clinicId: actor.clinicId,
        id,
        version,
        rights: rightsOfForm(parsed.value),
        activeTo: activeTo === undefined ? null : Temporal.PlainDate.from(activeTo),
      });
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code === 'state-changed')
        return this.page(id, actor, request, withError(parsed.form, 'role', 'staff.errors.changed'));
      return this.page(id, actor, request, withRefusal(parsed.form, thrown));
    }
    flash(request, { kind: 'success', key: 'staff.one.kept' });
    return seeOther(pathTo(request.language, '/staff/', id));
  }

  @Post('reset')
  async setUpAnew(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const line = await this.staff.find(actor, actor.clinicId, id);
    try {
      await this.reset.run({ actor, clinicId: actor.clinicId, id });
    } catch (thrown) {
      return this.page(id, actor, request, withRefusal(formOfLine(line), thrown));
    }
    flash(request, { kind: 'success', key: 'staff.one.reset.done' });
    return seeOther(pathTo(request.language, '/staff/', id));
  }

  @Post('end')
  async endNow(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const line = await this.staff.find(actor, actor.clinicId, id);
    try {
      await this.end.run({ actor, clinicId: actor.clinicId, id });
    } catch (thrown) {
      return this.page(id, actor, request, withRefusal(formOfLine(line), thrown));
    }
    flash(request, { kind: 'success', key: 'staff.one.end.done' });
    return seeOther(pathTo(request.language, '/staff'));
  }

  private async page(id: string, actor: StaffActor, request: WebRequest, sent?: FormState): Promise<string> {
    const { language } = request;
    const [line, events, names, untold] = await Promise.all([
      this.staff.find(actor, actor.clinicId, id),
      this.staff.history(actor, actor.clinicId, id),
      this.names.run(actor.clinicId),
      this.letters.untoldMembers(actor, actor.clinicId, [id]),
    ]);
    const today = localDate(this.clock.now(), staffZone).toString();
    const self = pathTo(language, '/staff/', id);
    const isSelf = id === actor.staffMemberId;
    const model = {
      ...staffLineModel(line, names, language, { today, selfId: actor.staffMemberId }),
      untold: untoldLine(untold.get(id), language),
      version: line.version,
      self,
      today,
      form: sent ?? formOfLine(line),
      ...rightsChoices(names, language),
      resetPath: isSelf || line.hasLeft ? '' : `${self}/reset`,
      endPath: `${self}/end`,
      seenPath: pathTo(language, `/audit?staff=${id}`),
      events: events.map((event) => eventModel(event, names, language)),
    };
    const status = sent ? 422 : 200;
    const title = translate(language, 'staff.title');
    return this.pages.render('clinic/staff-one', model, { request, title, status, styles });
  }
}
