import { Body, Controller, Get, Param, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { ChangeRoom, longestRoom, requestOf } from '#libs/appointments';
import { Refusal, translate } from '#libs/platform';
import {
  flash,
  formOf,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  type SeeOther,
  seeOther,
  type WebRequest,
  withError,
} from '#libs/web';
import { ChangedMeanwhile } from '../live/changed-meanwhile.js';
import { StaffOf } from '../staff-of.decorator.js';
import { StaffWords } from '../staff-words.js';
import { isPart } from './is-part.js';
import { ReadAppointment } from './read-appointment.js';
import { RoomForm } from './room.form.js';
import { tellChoices } from './told-or-not.js';
import { undoOffer } from './undo-offer.js';

/** Another room for one visit, asked for beside the calendar or on a page. */
@Controller(':language/appointments/:id/room')
@UseInterceptors(StaffWords)
export class RoomController {
  constructor(
    private readonly pages: Pages,
    private readonly reading: ReadAppointment,
    private readonly changeRoom: ChangeRoom,
    private readonly changed: ChangedMeanwhile,
  ) {}

  @Get()
  ask(
    @Param('id', IdPipe) id: string,
    @Query('returnTo') returnTo: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    return this.page(id, staff, request, { returnTo });
  }

  @Post()
  async change(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(RoomForm, body);
    const returnTo = parsed.form.values['returnTo'];
    const again = (form: FormState): Promise<string> => this.page(id, actor, request, { returnTo, form });
    if (!parsed.ok) return again(parsed.form);
    const before = await this.reading.find(actor, id);
    const { version, room = null, untold = null, idempotencyKey } = parsed.value;
    const asked = { id, version, room, untold };
    try {
      const repeated = requestOf(actor, 'POST appointments/room', idempotencyKey, asked);
      await this.changeRoom.run({ actor, ...asked, request: repeated });
    } catch (error) {
      // It takes place by phone or video, or is over.
      if (error instanceof Refusal && error.code === 'wrong-state')
        return again(withError(parsed.form, 'room', 'answers.room.not-now'));
      const where = { staff: actor, id, step: 'move', request } as const;
      const answer = await this.changed.answer(parsed.form, error, where, again);
      if (answer === null) throw error;
      return answer;
    }
    const view = await this.reading.find(actor, id);
    if (view.version === before.version) flash(request, { kind: 'info', key: 'answers.room.same' });
    else flash(request, { kind: 'success', key: 'answers.room.done', undo: undoOffer(view, request.language) });
    return seeOther(this.reading.returnTo(view, returnTo, request.language));
  }

  private async page(
    id: string,
    staff: StaffActor,
    request: WebRequest,
    { returnTo, form }: { returnTo: unknown; form?: FormState },
  ): Promise<string> {
    const { language } = request;
    const view = await this.reading.toDo(staff, id, 'appointments.change');
    const appointment = await this.reading.model(staff, view, { language, returnTo, purpose: 'booking' });
    const usual =
      view.ownRoom || !view.branch.room ? '' : translate(language, 'answers.room.usual', { room: view.branch.room });
    const model = {
      appointment,
      form: form ?? formOf({ version: appointment.version, room: view.ownRoom ?? '' }),
      hint: translate(language, 'answers.room.hint', { usual }),
      longest: longestRoom,
      tell: tellChoices(language),
    };
    const status = form ? 422 : 200;
    if (isPart(request)) return this.pages.fragment('clinic/partials/appointment-room', model, { request, status });
    return this.pages.render('clinic/appointment-room', model, {
      request,
      title: translate(language, 'answers.room.title'),
      status,
      styles: ['staff.css'],
      scripts: ['shortcuts.js', 'changed-meanwhile.js', 'live.js'],
    });
  }
}
