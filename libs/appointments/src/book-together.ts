import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import {
  calendarTerms,
  type CalendarTerms,
  findHold,
  forgetHold,
  handOver,
  lockResources,
  resourcesOf,
  resourcesOfOwner,
  visitsOfHold,
} from '#libs/calendars';
import type { PatientDetails } from '#libs/people';
import { CLOCK, type Clock, Database, Jobs, Refusal, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import { lockPatient, patientIsBusy } from './appointment-rows.js';
import { meetConditions } from './booking-conditions.js';
import { type HoldProof, requireLiveHold } from './hold-proof.js';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { orTaken } from './or-taken.js';
import { patientToBook } from './patient-to-book.js';
import { recordStep } from './record-step.js';
import type { Status } from './rules/status.js';
import { claimTarget } from './target-slot.js';
import { type SaidOfVisit, writeAppointment } from './write-appointment.js';

/** What is booked for a family: whom, in the order of the visits that are held, and how to reach them. */
export interface BookingTogether extends SaidOfVisit {
  hold: { holdId: string; proof: HoldProof };
  people: readonly ({ id: string } | PatientDetails)[];
  request: Request;
}

interface Family {
  tx: Tx;
  booking: BookingTogether;
  terms: CalendarTerms;
  resources: readonly string[];
  togetherId: string;
  now: Temporal.Instant;
}

/** Who of the row a refusal is about: its errors lie below `people.<row>`, and one without any names the row itself. */
async function ofRow<T>(row: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const { errors = [], ...details } = thrown.details;
    const below = errors.map(({ path, code }) => ({ path: `people.${row}.${path.replace(/^patient\./, '')}`, code }));
    throw new Refusal(thrown.code, {
      ...details,
      errors: below.length > 0 ? below : [{ path: `people.${row}`, code: thrown.code }],
    });
  }
}

/** Of somebody new: equal people in equal order, so that two transactions never wait for each other's new records. */
const orderOf = (person: { id: string } | PatientDetails): string =>
  'id' in person
    ? `0 ${person.id}`
    : `1 ${person.personCode?.code ?? ''} ${person.familyName} ${person.givenName} ${person.birthDate?.toString() ?? ''}`;

/**
 * Books everything that a hold keeps for several people, each visit an appointment of its own with its reference, history
 * and letter: all of them in one transaction, or none (F030).
 * Refusals: those of `BookAppointment`, with the row that each is about (`people.<row>`); `invalid` `same-person` where two
 * rows are one person, and `choice` where there are not as many people as visits.
 */
@Injectable()
export class BookTogether {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns what the visits have in common, and the appointments in their order */
  async run(booking: BookingTogether): Promise<{ togetherId: string; ids: string[] }> {
    if (booking.actor.kind === 'anonymous') throw new Refusal('not-signed-in');
    return inTurn(booking.request, () => orTaken(this.database.transaction((tx) => this.book(tx, booking))));
  }

  private async book(tx: Tx, booking: BookingTogether): Promise<{ togetherId: string; ids: string[] }> {
    const { hold: held, request, actor } = booking;
    const togetherId = randomUUID();
    const before = await carriedOutBefore(tx, request, togetherId, this.clock.now());
    if (before) return { togetherId: before, ids: await appointmentsTogether(tx, before) };
    const peeked = requireLiveHold(await findHold(tx, held.holdId), held.proof, this.clock.now());
    const terms = await calendarTerms(tx, peeked.calendarId, peeked.serviceId);
    if (!terms) throw new Refusal('not-found');
    const resources = [...new Set([...(await resourcesOf(tx, terms)), ...(await resourcesOfOwner(tx, peeked.id))])];
    await lockResources(tx, resources);
    const now = this.clock.now();
    const hold = requireLiveHold(await findHold(tx, held.holdId), held.proof, now);
    const visits = await visitsOfHold(tx, hold.id);
    if (hold.people !== booking.people.length || visits.length !== hold.people)
      throw new Refusal('invalid', { errors: [{ path: 'people', code: 'choice' }] });
    const patients = await this.patientsOf(tx, actor, booking.people, terms.clinicId, now);
    for (const id of [...patients].sort()) await lockPatient(tx, id);
    const family: Family = { tx, booking, terms, resources, togetherId, now };
    const ids: string[] = [];
    for (const [row, visit] of visits.entries()) {
      ids.push(await ofRow(row, () => this.one(family, visit, patients[row] ?? '')));
    }
    await forgetHold(tx, hold.id);
    return { togetherId, ids };
  }

  /** @throws Refusal `invalid` at the row that repeats another */
  private async patientsOf(
    tx: Tx,
    actor: Actor,
    people: BookingTogether['people'],
    clinicId: string,
    now: Temporal.Instant,
  ): Promise<string[]> {
    const rows = [...people.entries()].sort(([, a], [, b]) => (orderOf(a) < orderOf(b) ? -1 : 1));
    const ids = new Map<number, string>();
    for (const [row, person] of rows)
      ids.set(row, await ofRow(row, () => patientToBook(tx, actor, person, clinicId, now)));
    const inOrder = people.map((_, row) => ids.get(row) ?? '');
    const again = inOrder.findIndex((id, row) => inOrder.indexOf(id) < row);
    if (again >= 0) throw new Refusal('invalid', { errors: [{ path: `people.${again}`, code: 'same-person' }] });
    return inOrder;
  }

  private async one({ tx, booking, terms, resources, togetherId, now }: Family, visit: Interval, patientId: string) {
    const { actor, hold } = booking;
    const id = randomUUID();
    const target = { terms, visit, hold: null, resources };
    await claimTarget(tx, target, { actor, now, ignored: hold.holdId, isHeld: true });
    if (await patientIsBusy(tx, patientId, visit, null)) throw new Refusal('patient-busy');
    const told = { actor, holdId: null };
    const { answersSealed } = await meetConditions(tx, told, { terms, visit, patientId, now });
    if (!(await handOver(tx, hold.holdId, visit, id))) throw new Refusal('hold-expired');
    const status: Status = terms.confirmation === 'manual' ? 'pending' : 'booked';
    await writeAppointment(tx, booking, target, { id, patientId, status, answersSealed, now, togetherId });
    await recordStep(tx, this.jobs, {
      appointmentId: id,
      clinicId: terms.clinicId,
      version: 1,
      sequence: 0,
      at: now,
      kind: status === 'pending' ? 'requested' : 'booked',
      actor,
      from: null,
      to: { status, visit, resourceId: terms.resourceId },
    });
    return id;
  }
}

/** The appointments that were booked at one go, in their order. */
async function appointmentsTogether(reader: Pick<Tx, 'query'>, togetherId: string): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `select id from appointment where together_id = $1 order by starts_at, id`,
    [togetherId],
  );
  return rows.map(({ id }) => id);
}
