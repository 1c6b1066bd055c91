import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { allChanged, calendarTerms, claimAt, resourcesOf, take, whyNot } from '#libs/calendars';
import { CLOCK, type Clock, Database, Jobs, type Tx } from '#libs/platform';
import { localDate } from '#libs/time';
import { type AppointmentRow, loadAppointment, patientIsBusy } from './appointment-rows.js';
import { settleAffected } from './offers.js';
import { openCase } from './open-case.js';
import { type Displaced, proposedTimes } from './queries/proposed-times.js';
import { nextStepOf, recordStep } from './record-step.js';
import type { Candidate } from './rules/propose.js';
import { after } from './rules/status.js';

/** So many times are held for each patient. */
const offersEach = 2;
/** So many are looked at under the lock, in case others were quicker. */
const candidatesEach = 6;

interface Waiting {
  id: string;
  clinic_id: string;
  appointment_id: string;
  answer_by: Date;
}

/**
 * Holds two other times for each patient of an absence, on different days where possible, and tells them. One transaction
 * for each visit, so that nobody waits long; repeating it is harmless, and a round of the worker goes on after a break.
 */
@Injectable()
export class OfferTimes {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The visits that wait for times to be offered, of one absence or of all; soonest first, at most 500. */
  async waiting(absenceId: string | null = null): Promise<string[]> {
    const rows = await this.database.read<{ id: string }>(
      `select f.id from affected_visit f join appointment a on a.id = f.appointment_id
        where f.state = 'waiting' and ($1::uuid is null or f.absence_id = $1)
        order by a.starts_at, f.id limit 500`,
      [absenceId],
    );
    return rows.map(({ id }) => id);
  }

  /** @param id of the affected visit @returns how many times are held for it now */
  async run({ id }: { id: string }): Promise<{ offered: number }> {
    return this.database.transaction(async (tx) => {
      const peeked = await this.find(tx, id);
      const appointment = peeked && (await loadAppointment(tx, peeked.appointment_id));
      if (!peeked || !appointment) return { offered: 0 };
      const candidates = await this.candidates(tx, appointment, peeked.answer_by.toTemporalInstant());
      const resources = new Set<string>();
      for (const { calendarId, serviceId } of candidates) {
        const terms = await calendarTerms(tx, calendarId, serviceId);
        for (const each of terms ? await resourcesOf(tx, terms) : []) resources.add(each);
      }
      const actor: Actor = { kind: 'system' };
      const opened = await openCase(tx, this.clock, {
        actor,
        id: appointment.id,
        permission: 'appointments.change',
        otherResources: [...resources],
      });
      const waiting = await this.find(tx, id);
      if (!waiting) return { offered: 0 };
      return this.offer(tx, waiting, opened.appointment, candidates, opened.now);
    });
  }

  /** The affected visit while it waits. */
  private async find(tx: Tx, id: string): Promise<Waiting | undefined> {
    const [row] = await tx.query<Waiting>(
      `select f.id, f.clinic_id, f.appointment_id, f.answer_by
         from affected_visit f
        where f.id = $1 and f.state = 'waiting'`,
      [id],
    );
    return row;
  }

  /** Times that begin when the patient has answered at the latest. */
  private async candidates(tx: Tx, appointment: AppointmentRow, answerBy: Temporal.Instant): Promise<Candidate[]> {
    const [branch] = await tx.query<{ city: string }>(`select city from branch where id = $1`, [appointment.branchId]);
    const { id, clinicId, patientId, serviceId, payer, resourceId, branchId, visit } = appointment;
    const displaced: Displaced = {
      id,
      patientId,
      serviceId,
      payer,
      resourceId,
      branchId,
      city: branch?.city ?? '',
      start: visit.start,
      end: visit.end,
    };
    const wish = { each: candidatesEach, now: this.clock.now(), notBefore: answerBy };
    return (await proposedTimes(tx, clinicId, [displaced], wish)).get(id) ?? [];
  }

  private async offer(
    tx: Tx,
    waiting: Waiting,
    appointment: AppointmentRow,
    candidates: readonly Candidate[],
    now: Temporal.Instant,
  ): Promise<{ offered: number }> {
    const hasBegun = Temporal.Instant.compare(appointment.visit.start, now) <= 0;
    if (hasBegun || after(appointment.status, 'move') === null) {
      await settleAffected(tx, appointment.id, 'withdrawn', { actor: { kind: 'system' }, now });
      return { offered: 0 };
    }
    const held: Candidate[] = [];
    for (const candidate of inDifferentDays(candidates)) {
      if (held.length === offersEach) break;
      if (await this.hold(tx, waiting, appointment, candidate, now)) held.push(candidate);
    }
    const state = held.length > 0 ? 'offered' : 'nothing-free';
    await tx.query(`update appointment set version = version + 1, sequence = sequence + 1 where id = $1`, [
      appointment.id,
    ]);
    const eventId = await recordStep(tx, this.jobs, {
      ...nextStepOf(appointment),
      at: now,
      kind: 'offered',
      actor: { kind: 'system' },
      to: appointment,
      reasonCode: state,
    });
    await tx.query(`update affected_visit set state = $2, event_id = $3 where id = $1`, [waiting.id, state, eventId]);
    return { offered: held.length };
  }

  /** Holds one time, if it is still free for this patient. */
  private async hold(
    tx: Tx,
    waiting: Waiting,
    appointment: AppointmentRow,
    { calendarId, serviceId, visit }: Candidate,
    now: Temporal.Instant,
  ): Promise<boolean> {
    const terms = await calendarTerms(tx, calendarId, serviceId);
    if (!terms || terms.payer !== appointment.payer) return false;
    if (await whyNot(tx, terms, visit.start, now)) return false;
    if (await patientIsBusy(tx, appointment.patientId, visit, appointment.id)) return false;
    const claim = await claimAt(tx, terms, visit.start, now, null);
    const id = randomUUID();
    const expiresAt = waiting.answer_by.toTemporalInstant();
    const owner = { kind: 'offer', id, clinicId: appointment.clinicId, expiresAt } as const;
    if (!claim || !(await take(tx, owner, claim))) return false;
    await tx.query(
      `insert into offer (id, clinic_id, affected_visit_id, appointment_id, calendar_id, service_id, starts_at, ends_at,
                          expires_at, state)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'held')`,
      [
        id,
        appointment.clinicId,
        waiting.id,
        appointment.id,
        calendarId,
        serviceId,
        visit.start.toString(),
        visit.end.toString(),
        expiresAt.toString(),
      ],
    );
    await allChanged(tx, claim.touched, now);
    return true;
  }
}

/** The candidates in their order, those first that are on a day of their own. */
function inDifferentDays(candidates: readonly Candidate[]): Candidate[] {
  const days = new Set<string>();
  const firsts: Candidate[] = [];
  const rest: Candidate[] = [];
  for (const candidate of candidates) {
    const day = localDate(candidate.visit.start, candidate.zone).toString();
    (days.has(day) ? rest : firsts).push(candidate);
    days.add(day);
  }
  return [...firsts, ...rest];
}
