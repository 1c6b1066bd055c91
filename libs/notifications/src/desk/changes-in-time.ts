import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, type Actor, requireSomewhere, within } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { slowChanges, untoldChanges } from '../queries/changes-to-tell.js';
import { type VisitRow, type VisitToTell, visitToTell } from '../queries/visit-to-tell.js';
import { type Standing, standingAt, toldBy } from '../rules/told-by.js';

/** A change by the clinic with the term in which its patient has to hear of it. */
export interface ChangeInTime extends VisitToTell {
  due: Temporal.Instant;
  state: Standing;
  /** When the patient was told; null: not yet. */
  toldAt: Temporal.Instant | null;
}

const compare = Temporal.Instant.compare;

/** The term of a change, and how it stands at a moment: now, or when the patient was told. */
export function inTime(row: VisitRow & { toldAt?: Date | null }, now: Temporal.Instant): ChangeInTime {
  const visit = visitToTell(row);
  const term = toldBy(visit.at, visit);
  const toldAt = row.toldAt?.toTemporalInstant() ?? null;
  return { ...visit, due: term.due, toldAt, state: standingAt(toldAt ?? now, term) };
}

/** Whether patients hear of what their clinic changes within one working day (R3-21). */
@Injectable()
export class ChangesInTime {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What is to be told, by its term, and what was told too late within the last sixty days. Everybody who is named is a
   * look that the access log keeps.
   * @returns `waiting` holds at most 500, those that are fine left out and counted; `breaches` at most 100
   * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`
   */
  async run(
    actor: Actor,
    clinicId: string,
  ): Promise<{ waiting: ChangeInTime[]; fine: number; breaches: ChangeInTime[] }> {
    const staff = requireSomewhere(actor, clinicId, 'notices.read');
    const now = this.clock.now();
    const ask = { clinicId, now, ...within(staff, 'notices.read') };
    const [untold, slow] = await Promise.all([
      untoldChanges(this.database.planned, ask),
      slowChanges(this.database.planned, ask),
    ]);
    const all = untold.map((row) => inTime(row, now)).toSorted((a, b) => compare(a.due, b.due));
    const waiting = all.filter(({ state }) => state !== 'fine');
    const breaches = slow
      .map((row) => inTime(row, now))
      .filter(({ state }) => state === 'late')
      .slice(0, 100);
    await this.accessLog.listed(
      [...waiting, ...breaches].map(({ patient, appointmentId }) => ({
        actor: staff,
        patientId: patient.id,
        appointmentId,
        action: 'in-time-list',
        purpose: 'booking',
      })),
    );
    return { waiting, fine: all.length - waiting.length, breaches };
  }
}
