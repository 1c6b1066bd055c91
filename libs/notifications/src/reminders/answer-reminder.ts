import { Inject, Injectable } from '@nestjs/common';
import { cancelDeadline, CancelAppointment, isLateCancel, PromiseToCome, requestOf } from '#libs/appointments';
import { CLOCK, type Clock, Database, type Language, log, Refusal } from '#libs/platform';
import { momentOf, placeOf } from '../letters/visit.js';
import { visitOf } from '../letters/visit-of.js';
import { isReminderKey, numberInKey } from './reminder-link.js';
import { isStillSo, type RemindedVisit, reminderBy, type ReminderRow, visitsOfReminder } from './visits-of-reminder.js';

/** What whoever holds the link may see of a visit: no more than the letter says (S-2.40). */
export interface VisitToAnswer {
  id: string;
  /** In words, with the zone. */
  when: string;
  where: string;
  practitioner: string | null;
  clinic: string | null;
  /** `open`: it can be answered; `elsewhere`: it was moved since; `over`: it has begun; `cancelled`. */
  state: 'open' | 'elsewhere' | 'over' | 'cancelled';
  /** When they said that they come. */
  promisedAt: string | null;
  /** Since when cancelling is late, if it is; see `cancelDeadline`. */
  lateSince: string | null;
  /** Where the clinic is called. Null at the strict level. */
  phone: string | null;
}

/** `I'll come` and `I can't come`, pressed by whoever has the link of a reminder; they need not sign in. */
@Injectable()
export class AnswerReminder {
  constructor(
    private readonly database: Database,
    private readonly promise: PromiseToCome,
    private readonly cancel: CancelAppointment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What the page shows; nothing changes by it. @throws Refusal `not-found` for a link that is none, or whose visits are gone */
  async read(key: string, language: Language): Promise<VisitToAnswer[]> {
    const now = this.clock.now();
    const { reminder, visits } = await this.behind(key);
    const isStrict = visits.some(({ view }) => view.isStrict);
    return visits.map((visit) => toAnswer(visit, { stamp: reminder.madeAt, language, isStrict, now }));
  }

  /**
   * They come. Safe to repeat; a visit that was moved or cancelled since is shown as it is now.
   * @throws Refusal `not-found`, `state-changed`
   */
  async come(key: string, appointmentId: string): Promise<void> {
    const { start } = await this.answered(key, appointmentId);
    await this.promise.run({ actor: { kind: 'addressee', appointmentId }, id: appointmentId, start });
    log.info({ event: 'reminder.promised' });
  }

  /**
   * They cannot come: the ordinary cancel, late after the clinic's deadline. Safe to repeat.
   * @throws Refusal `not-found`, `state-changed`, `not-cancellable`
   */
  async cannotCome(key: string, appointmentId: string): Promise<void> {
    const { view, start } = await this.answered(key, appointmentId);
    if (view.status === 'cancelled' && view.start.equals(start)) return;
    if (!view.start.equals(start)) throw new Refusal('state-changed');
    const actor = { kind: 'addressee', appointmentId } as const;
    const { version } = view;
    const request = requestOf(actor, 'POST /come/:key', `${appointmentId} ${version}`, { version });
    await this.cancel.run({ actor, id: appointmentId, version, reason: 'patient-asked', request });
    log.info({ event: 'reminder.cancelled' });
  }

  private async answered(key: string, appointmentId: string): Promise<RemindedVisit> {
    const { visits } = await this.behind(key);
    const found = visits.find(({ view }) => view.id === appointmentId);
    // A link is good for the visits that its reminder told of, and for no other (faults.md F10).
    if (!found) throw new Refusal('not-found');
    return found;
  }

  private async behind(key: string): Promise<{ reminder: ReminderRow; visits: RemindedVisit[] }> {
    const { reader } = this.database;
    const number = numberInKey(key);
    const reminder = number === null ? undefined : await reminderBy(reader, { number });
    if (!reminder || !isReminderKey(reminder.id, key)) throw new Refusal('not-found');
    const visits = await visitsOfReminder(reader, reminder.id);
    // A day after the last of its visits the link leads nowhere.
    const last = visits.at(-1)?.start.add({ hours: 24 });
    if (!last || Temporal.Instant.compare(this.clock.now(), last) > 0) throw new Refusal('not-found');
    return { reminder, visits };
  }
}

function toAnswer(
  reminded: RemindedVisit,
  {
    stamp,
    language,
    isStrict,
    now,
  }: { stamp: Temporal.Instant; language: Language; isStrict: boolean; now: Temporal.Instant },
): VisitToAnswer {
  const { view, start } = reminded;
  const visit = visitOf(view, stamp, language, { isStrict });
  const isLate = isLateCancel(start, view.lateCancelHours, now);
  return {
    id: view.id,
    // A visit that was moved away has had its own letter; here it stands at the start that was reminded of.
    when: momentOf(visit, start),
    where: placeOf(visit),
    practitioner: visit.practitioner,
    clinic: visit.clinic?.name ?? null,
    state: stateOf(reminded, now),
    promisedAt: view.patientConfirmedAt && momentOf(visit, view.patientConfirmedAt),
    lateSince: isLate ? momentOf(visit, cancelDeadline(start, view.lateCancelHours)) : null,
    phone: visit.phone,
  };
}

function stateOf(reminded: RemindedVisit, now: Temporal.Instant): VisitToAnswer['state'] {
  const { view, start } = reminded;
  if (view.status === 'cancelled' || view.status === 'entered-in-error') return 'cancelled';
  if (!view.start.equals(start)) return 'elsewhere';
  return isStillSo(reminded, now) ? 'open' : 'over';
}
