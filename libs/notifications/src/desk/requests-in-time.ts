import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, type Actor, requireSomewhere, type StaffActor, within } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { type RequestRow, requestsToAnswer } from '../queries/requests-to-answer.js';
import { type VisitToTell, visitToTell } from '../queries/visit-to-tell.js';
import { answeredBy } from '../rules/answered-by.js';

/** A request in writing with the term of its answer; `at`: when it came. */
export interface RequestInTime extends VisitToTell {
  due: Temporal.Instant;
  /** `late`: the term is over; `soon`: three quarters of it are; `fine`: there is time. */
  state: 'late' | 'soon' | 'fine';
}

const compare = Temporal.Instant.compare;

/** The term of a request, and how it stands. */
export function requestInTime(row: RequestRow, now: Temporal.Instant): RequestInTime {
  const visit = visitToTell(row);
  const { alarm, due } = answeredBy(visit.at, row.lapsesAt.toTemporalInstant(), visit);
  return { ...visit, due, state: compare(now, due) > 0 ? 'late' : compare(now, alarm) >= 0 ? 'soon' : 'fine' };
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
    const all = await this.of(requireSomewhere(actor, clinicId, 'notices.read'));
    return all.filter(({ state }) => state !== 'fine').length;
  }

  private async of(staff: StaffActor): Promise<RequestInTime[]> {
    const now = this.clock.now();
    const ask = { clinicId: staff.clinicId, ...within(staff, 'notices.read') };
    const rows = await requestsToAnswer(this.database.planned, ask);
    return rows.map((row) => requestInTime(row, now));
  }
}
