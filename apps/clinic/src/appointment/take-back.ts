import { Inject, Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { Appointments, type AppointmentView, requestOf, undoOf, UndoStep } from '#libs/appointments';
import { CLOCK, type Clock, formatDateTime, type Language, translate } from '#libs/platform';

/** What was undone, as a key with its arguments: nothing of it names the patient. */
export interface TakenBack {
  view: AppointmentView;
  key: string;
  args: Record<string, string>;
}

const ownWords: ReadonlySet<string> = new Set(['cancelled', 'rejected', 'details-changed']);
const stepNamed = (kind = ''): string => (ownWords.has(kind) ? kind : 'moved');

/** Takes the last step of an appointment back, and says what that was. */
@Injectable()
export class TakeBack {
  constructor(
    private readonly appointments: Appointments,
    private readonly undoStep: UndoStep,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal as `UndoStep` */
  async run(
    actor: StaffActor,
    wish: { id: string; version: number; endpoint: string; key: string; language: Language },
  ): Promise<TakenBack> {
    const { id, version, endpoint, key, language } = wish;
    const before = await this.appointments.find(actor, id);
    const isDesk = undoOf(before.status, before.lastStep, this.clock.now())?.kind === 'desk';
    await this.undoStep.run({ actor, id, version, request: requestOf(actor, endpoint, key, { id, version }) });
    const view = await this.appointments.find(actor, id);
    const at = formatDateTime(language, view.start, view.timeZone, 'weekday');
    return isDesk
      ? { view, key: 'moves.undone.desk', args: { status: translate(language, `common.status.${view.status}`) } }
      : {
          view,
          key: `moves.undone.${stepNamed(before.lastStep?.kind)}`,
          args: { at, practitioner: view.practitioner.name },
        };
  }
}
