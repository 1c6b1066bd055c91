import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { beginChange, changeResource, lockResources, requireMayChangeCalendars } from '#libs/calendars';
import { CLOCK, type Clock, Database, rangeOf, Refusal, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { dropLostOffers, resourcesOfHeld } from './offers.js';
import { markOrphaned } from './orphan-marks.js';

/** Patients have at least a moment and at most two weeks to answer. */
const longestWaitHours = 14 * 24;

interface Report {
  actor: Actor;
  clinicId: string;
  practitionerId: string;
  during: Interval;
  /** Until when patients may choose among what they are offered. */
  answerBy: Temporal.Instant;
  request: Request;
}

/**
 * A practitioner is away unforeseen: their time at this clinic is closed at once, and every visit inside is orphaned and
 * waits for two other times, which `OfferTimes` holds one visit after another.
 * Refusals: `not-signed-in`, `not-found`, `not-allowed`, `invalid` a time that is over (`ends`) or a deadline that is past
 * or too far (`answerBy`), `in-progress`, `idempotency-key-reused`.
 */
@Injectable()
export class ReportAbsence {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the absence, and how many visits lie inside */
  async run(report: Report): Promise<{ id: string; visits: number }> {
    return inTurn(report.request, () => this.database.transaction((tx) => this.report(tx, report)));
  }

  private async report(tx: Tx, { actor, clinicId, practitionerId, during, answerBy, request }: Report) {
    const id = randomUUID();
    const before = await carriedOutBefore(tx, request, id, this.clock.now());
    if (before) return { id: before, visits: await this.visitsOf(tx, before) };
    const scope = { clinicId, branchId: null, resourceId: practitionerId };
    const change = { kind: 'close', scope, times: [during], reason: null, publicReason: null } as const;
    const { staffMemberId: by } = await requireMayChangeCalendars(tx, actor, clinicId, change, this.clock.now());
    requireDeadline(answerBy, this.clock.now());
    await lockResources(tx, [practitionerId, ...(await resourcesOfHeld(tx, [practitionerId]))]);
    const now = this.clock.now();
    const begun = await beginChange(tx, clinicId, change, { by, now });
    await changeResource(tx, clinicId, change, practitionerId, { begun, now });
    await dropLostOffers(tx, [practitionerId], now);
    await tx.query(
      `insert into absence (id, clinic_id, resource_id, closure_id, during, answer_by, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, clinicId, practitionerId, begun.closureIds[0], rangeOf(during), answerBy.toString(), by, now.toString()],
    );
    // Also who stands outside the hours already: the practitioner sees nobody in this time.
    const inside = await tx.query<{ appointment_id: string }>(
      `insert into affected_visit (clinic_id, absence_id, appointment_id, state, answer_by)
       select a.clinic_id, $2, a.id, 'waiting', $5
         from appointment a
        where a.clinic_id = $1 and a.resource_id = $3 and a.status in ('pending', 'booked') and a.starts_at > $6
          and tstzrange(a.starts_at, a.ends_at) && $4::tstzrange
          and not exists (
            select from affected_visit f
             where f.appointment_id = a.id and f.state in ('waiting', 'offered', 'nothing-free'))
       returning appointment_id`,
      [clinicId, id, practitionerId, rangeOf(during), answerBy.toString(), now.toString()],
    );
    const ids = inside.map((row) => row.appointment_id);
    await markOrphaned(tx, ids, 'practitioner-away', now);
    return { id, visits: ids.length };
  }

  private async visitsOf(tx: Tx, id: string): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      `select count(*)::integer as n from affected_visit where absence_id = $1`,
      [id],
    );
    return row?.n ?? 0;
  }
}

function requireDeadline(answerBy: Temporal.Instant, now: Temporal.Instant): void {
  const { compare } = Temporal.Instant;
  if (compare(answerBy, now) <= 0 || compare(answerBy, now.add({ hours: longestWaitHours })) > 0)
    throw new Refusal('invalid', { errors: [{ path: 'answerBy', code: 'changes.ill.late' }] });
}
