import { Injectable } from '@nestjs/common';
import { AccessLog, mayDo, type StaffActor } from '#libs/access';
import {
  type AppointmentView,
  CancelAppointment,
  type ReasonCode,
  RejectAppointment,
  requestOf,
  type UntoldCode,
  VisitsToChange,
} from '#libs/appointments';
import { type Language, Refusal } from '#libs/platform';
import { MoveTo } from '../appointment/move-to.js';
import { ReadAppointment } from '../appointment/read-appointment.js';
import { TakeBack } from '../appointment/take-back.js';
import type { Seen } from '../seen.js';

/** What is wanted of each visit. */
export type SeveralWish = { untold: UntoldCode | null; key: string } & (
  | { what: 'move'; to: string }
  | { what: 'shift'; days: number; minutes: number }
  | { what: 'cancel'; reason: ReasonCode; note: string | null }
);

/** What became of one visit: `view` is how it stands now, `refused` why nothing was done. */
export interface Changed {
  id: string;
  view: AppointmentView | null;
  step: 'move' | 'cancel' | 'reject' | 'undo' | null;
  refused: Refusal | null;
}

/** Changes visits one after the other, each in its own transaction: one that is refused does not stop the others. */
@Injectable()
export class ChangeSeveral {
  constructor(
    private readonly reading: ReadAppointment,
    private readonly visits: VisitsToChange,
    private readonly moveTo: MoveTo,
    private readonly cancel: CancelAppointment,
    private readonly reject: RejectAppointment,
    private readonly takeBack: TakeBack,
    private readonly accessLog: AccessLog,
  ) {}

  /** @returns what became of each, in the order in which they were changed */
  async run(actor: StaffActor, chosen: readonly Seen[], wish: SeveralWish): Promise<Changed[]> {
    const results: Changed[] = [];
    for (const seen of await this.inOrder(actor, chosen, wish)) results.push(await this.one(actor, seen, wish));
    return results;
  }

  /** Takes back what `run` did, the last first: each may stand where the one before it has to return to. */
  async undo(actor: StaffActor, chosen: readonly Seen[], key: string, language: Language): Promise<Changed[]> {
    const results: Changed[] = [];
    for (const { id, version } of [...chosen].reverse()) {
      results.push(
        await this.orRefused(actor, id, async () => {
          const wish = { id, version, endpoint: 'POST several/undo', key: `${key}:${id}`, language };
          const { view } = await this.takeBack.run(actor, wish);
          return { id, view, step: 'undo', refused: null };
        }),
      );
    }
    return results;
  }

  /** Whoever goes later goes last first, so that none waits for a time that another is about to leave. */
  private async inOrder(actor: StaffActor, chosen: readonly Seen[], wish: SeveralWish): Promise<readonly Seen[]> {
    const ids = chosen.map(({ id }) => id);
    const starts = new Map((await this.visits.run(actor, ids)).map(({ id, start }) => [id, start]));
    const at = ({ id }: Seen): number => starts.get(id)?.epochMilliseconds ?? 0;
    const later = wish.what === 'shift' && wish.days * 1440 + wish.minutes > 0;
    return [...chosen].sort((a, b) => (later ? at(b) - at(a) : at(a) - at(b)));
  }

  private one(actor: StaffActor, { id, version }: Seen, wish: SeveralWish): Promise<Changed> {
    return this.orRefused(actor, id, async () => {
      const view = await this.reading.find(actor, id);
      const { untold } = wish;
      const key = `${wish.key}:${id}`;
      if (wish.what !== 'cancel') {
        // Sent again, the visit stands elsewhere already; what was asked is still the same.
        const { key: _, ...asked } = { ...wish, id, version };
        const place = placeOf(view, version, wish);
        const move = { id, version, ...place, untold, endpoint: `POST several/${wish.what}`, key, asked };
        const { moved } = await this.moveTo.run(actor, move);
        return { id, view: moved, step: 'move', refused: null };
      }
      const { reason, note } = wish;
      const step = view.status === 'pending' ? 'reject' : 'cancel';
      const asked = { id, version, reason, note, untold };
      const ending = { ...asked, actor, request: requestOf(actor, 'POST several/cancel', key, asked) };
      if (step === 'reject') await this.reject.run(ending);
      else await this.cancel.run(ending);
      return { id, view: await this.reading.find(actor, id), step, refused: null };
    });
  }

  private async orRefused(actor: StaffActor, id: string, change: () => Promise<Changed>): Promise<Changed> {
    try {
      return await change();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.accessLog.refused(error);
      return { id, view: await this.visit(actor, id), step: null, refused: error };
    }
  }

  private async visit(actor: StaffActor, id: string): Promise<AppointmentView | null> {
    const view = await this.reading.findIfTheirs(actor, id);
    if (!view) return null;
    const record = { practitionerId: view.practitioner.id, branchId: view.branch.id };
    return mayDo(actor, 'appointments.change', record) ? view : null;
  }
}

/** Where a visit is wanted. Days are those of the branch's calendar, so that nine o'clock stays nine o'clock. */
function placeOf(
  { practitioner, start, timeZone, version }: AppointmentView,
  seen: number,
  wish: Exclude<SeveralWish, { what: 'cancel' }>,
): { resourceId: string; start: Temporal.Instant } {
  if (wish.what === 'move') {
    if (practitioner.id === wish.to && version === seen) throw new Refusal('wrong-state', { why: 'already-there' });
    return { resourceId: wish.to, start };
  }
  const { days, minutes } = wish;
  return {
    resourceId: practitioner.id,
    start: start.toZonedDateTimeISO(timeZone).add({ days }).toInstant().add({ minutes }),
  };
}
