import { Injectable } from '@nestjs/common';
import { AccessLog, type StaffActor } from '#libs/access';
import { type AppointmentView, type DeskStep, requestOf, StepAppointment } from '#libs/appointments';
import { Refusal } from '#libs/platform';
import { ReadAppointment } from '../appointment/read-appointment.js';
import type { Seen } from '../seen.js';

export type Closing = 'missed' | 'was-here';

/** What became of one visit; `refused` says why nothing did, at which step. */
export interface Closed {
  id: string;
  refused: { refusal: Refusal; step: DeskStep } | null;
  /** As it stands now; null: it is not theirs to see. */
  now: AppointmentView | null;
}

/** The steps that lead there from a booked visit, each by its own verb. */
const stepsTo: Record<Closing, readonly DeskStep[]> = { missed: ['miss'], 'was-here': ['arrive', 'fulfil'] };

/** Notes of visits that are over whether their patients came, one after the other: one refusal does not stop the others. */
@Injectable()
export class CloseMany {
  constructor(
    private readonly reading: ReadAppointment,
    private readonly step: StepAppointment,
    private readonly accessLog: AccessLog,
  ) {}

  /** @param key of the form: each visit and step has its own request made of it */
  async run(
    staff: StaffActor,
    { closing, visits, key }: { closing: Closing; visits: readonly Seen[]; key: string },
  ): Promise<Closed[]> {
    const results: Closed[] = [];
    for (const visit of visits) {
      const refused = await this.one(staff, closing, visit, key);
      results.push({ id: visit.id, refused, now: await this.reading.findIfTheirs(staff, visit.id) });
    }
    return results;
  }

  private async one(actor: StaffActor, closing: Closing, visit: Seen, key: string): Promise<Closed['refused']> {
    const { id } = visit;
    for (const [index, step] of stepsTo[closing].entries()) {
      const version = visit.version + index;
      try {
        const request = requestOf(actor, `POST arrivals/${step}`, `${key}:${id}`, { id, version });
        await this.step.run({ actor, id, version, step, request });
      } catch (thrown) {
        await this.accessLog.refused(thrown);
        if (!(thrown instanceof Refusal)) throw thrown;
        return { refusal: thrown, step };
      }
    }
    return null;
  }
}
