import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, type Actor, requireSomewhere, type StaffActor, within } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { type RequestRow, requestsToAnswer, termsToAnswer } from '../queries/requests-to-answer.js';
import { type VisitToTell, visitToTell } from '../queries/visit-to-tell.js';
import { answeredBy } from '../rules/answered-by.js';
import { type Standing, standingAt } from '../rules/told-by.js';

/** A request in writing with the term of its answer; `at`: when it came. */
export interface RequestInTime extends VisitToTell {
  due: Temporal.Instant;
  state: Standing;
}

const compare = Temporal.Instant.compare;

/** The term of a request, and how it stands. */
export function requestInTime(row: RequestRow, now: Temporal.Instant): RequestInTime {
  const visit = visitToTell(row);
  const term = answeredBy(visit.at, row.lapsesAt.toTemporalInstant(), visit);
  return { ...visit, due: term.due, state: standingAt(now, term) };
}

/** Whether requests in writing are answered within the next two working days (R4-09). */
@Injectable()
export class RequestsInTime {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What is to be answered now, by its term. Everybody who is named is a look that the access log keeps.
   * @returns `waiting`: soon late, or late, at most 500; `fine`: how many have time
   * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`
   */
  async run(actor: Actor, clinicId: string): Promise<{ waiting: RequestInTime[]; fine: number }> {
    const staff = requireSomewhere(actor, clinicId, 'notices.read');
    const all = await this.of(staff);
    const waiting = all.filter(({ state }) => state !== 'fine').toSorted((a, b) => compare(a.due, b.due));
    await this.accessLog.listed(
      waiting.map(({ patient, appointmentId }) => ({
        actor: staff,
        patientId: patient.id,
        appointmentId,
        action: 'in-time-list',
        purpose: 'booking',
      })),
    );
    return { waiting, fine: all.length - waiting.length };
  }

  /** How many are soon late, or late. @throws Refusal as `run` */
  async count(actor: Actor, clinicId: string): Promise<number> {
    const now = this.clock.now();
    const ask = this.within(requireSomewhere(actor, clinicId, 'notices.read'));
    const terms = await termsToAnswer(this.database.planned, ask);
    return terms.filter(
      ({ at, lapsesAt, ...place }) =>
        standingAt(now, answeredBy(at.toTemporalInstant(), lapsesAt.toTemporalInstant(), place)) !== 'fine',
    ).length;
  }

  private async of(staff: StaffActor): Promise<RequestInTime[]> {
    const now = this.clock.now();
    const rows = await requestsToAnswer(this.database.planned, this.within(staff));
    return rows.map((row) => requestInTime(row, now));
  }

  private within(staff: StaffActor): Parameters<typeof requestsToAnswer>[1] {
    return { clinicId: staff.clinicId, ...within(staff, 'notices.read') };
  }
}
