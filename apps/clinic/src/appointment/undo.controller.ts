import { Body, Controller, Param, Post, Req, UseInterceptors } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import type { AppointmentView } from '#libs/appointments';
import { Refusal, type RefusalCode } from '#libs/platform';
import { localDate } from '#libs/time';
import { flash, IdPipe, parseForm, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { refusedKey, StaffWords } from '../staff-words.js';
import { ConfirmForm } from './decide.form.js';
import { ReadAppointment } from './read-appointment.js';
import { TakeBack } from './take-back.js';

/** Why something cannot be undone that a person reads on the page they come from; anything else is a page of its own. */
const saidBeside: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'too-late',
  'slot-taken',
  'patient-busy',
  'state-changed',
  'wrong-state',
  'referral-used',
  'in-progress',
]);

/** Undoing what was done last, without scripts too. */
@Controller(':language/appointments/:id/undo')
@UseInterceptors(StaffWords)
export class UndoController {
  constructor(
    private readonly reading: ReadAppointment,
    private readonly takeBack: TakeBack,
  ) {}

  @Post()
  async undo(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    const parsed = parseForm(ConfirmForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { language } = request;
    const { version, idempotencyKey: key, returnTo } = parsed.value;
    try {
      const endpoint = 'POST appointments/undo';
      const { view, ...words } = await this.takeBack.run(actor, { id, version, endpoint, key, language });
      flash(request, { kind: 'success', ...words });
      return seeOther(this.reading.returnTo(view, onItsDay(view, returnTo), language));
    } catch (error) {
      if (!(error instanceof Refusal) || !saidBeside.has(error.code)) throw error;
      flash(request, { kind: 'error', key: refusedKey(error) });
      return seeOther(this.reading.returnTo(await this.reading.find(actor, id), returnTo, language));
    }
  }
}

/** The page that one came from, unless it is a calendar of another day than the visit's: then that day's. */
export function onItsDay(view: AppointmentView, returnTo: unknown): string | undefined {
  if (typeof returnTo !== 'string') return undefined;
  if (!/^\/[a-z]{2}\/calendar\b/.test(returnTo)) return returnTo;
  const day = localDate(view.start, view.timeZone).toString();
  const search = new URLSearchParams(returnTo.split('?')[1] ?? '');
  return search.get('day') === day && search.get('branch') === view.branch.id ? returnTo : undefined;
}
