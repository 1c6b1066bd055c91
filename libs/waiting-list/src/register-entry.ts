import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireSomewhere, requireStaff, type StaffActor } from '#libs/access';
import { carriedOutBefore, inTurn, patientOfStaff, type Request } from '#libs/appointments';
import type { Payer } from '#libs/calendars';
import type { Country } from '#libs/holidays';
import { keepPatient, type PatientDetails } from '#libs/people';
import { CLOCK, type Clock, Database, Refusal, seal, type Tx } from '#libs/platform';
import { recordEvent } from './record-event.js';
import { answerDueOn, countsFrom, type Place, type StaffChannel } from './rules/counts-from.js';
import { sealPerson } from './told-person.js';

/** Who turned to the clinic: somebody known, somebody who can be told apart from others, or a name and how to reach it. */
export type Wisher = { id: string } | PatientDetails | { givenName: string; familyName: string };

/** A wish as it reached the desk. */
export interface Registration {
  actor: Actor;
  clinicId: string;
  branchId: string;
  channel: StaffChannel;
  /** When the e-mail came in. Null, and with every other channel: now. */
  receivedAt: Temporal.Instant | null;
  person: Wisher;
  /** How to reach them about it; of somebody known, only where it differs from their card. */
  contact: { email: string | null; phone: string | null };
  serviceId: string;
  payer: Payer;
  /** Null: whoever gives the service. */
  practitionerId: string | null;
  /** Why, and what suits them: 2000 characters at most, sealed. */
  wish: string | null;
  request: Request;
}

/** An e-mail that came earlier than this is a slip of the date. */
const oldestDays = 366;

/**
 * Registers a wish on first contact, whatever the length of the queue (R3-07 to R3-09): with its channel, when it came and
 * the working day that it counts from, and for a written one the day by which it is answered (R4-09). Somebody with a code
 * or a birth date is found or added among the clinic's people; of anybody else only what they said is kept, sealed.
 * Refusals: `not-signed-in`, `not-found` another clinic's branch, service, practitioner or patient, or a patient whom
 * these staff may not see, `not-allowed`, `invalid` at `receivedAt` or `contact`, those of `keepPatient`, `in-progress`, `idempotency-key-reused`.
 */
@Injectable()
export class RegisterEntry {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(registration: Registration): Promise<{ id: string }> {
    requireSomewhere(registration.actor, registration.clinicId, 'waiting.edit');
    return inTurn(registration.request, () => this.database.transaction((tx) => this.register(tx, registration)));
  }

  private async register(tx: Tx, registration: Registration): Promise<{ id: string }> {
    const { actor, clinicId, branchId, practitionerId, channel, serviceId, payer, wish } = registration;
    const staff = requireStaff(actor, clinicId, 'waiting.edit', { practitionerId, branchId });
    const id = randomUUID();
    const now = this.clock.now();
    const before = await carriedOutBefore(tx, registration.request, id, now);
    if (before) return { id: before };
    const place = await placeOf(tx, registration);
    const receivedAt = receivedWhen(registration, now);
    const from = countsFrom(channel, receivedAt, place);
    const { patientId, personSealed } = await wisherOf(tx, staff, registration, now);
    await tx.query(
      `insert into waiting_list_entry
         (id, clinic_id, branch_id, patient_id, person_sealed, service_id, payer, practitioner_id, wish_sealed, channel,
          received_at, counts_from, answer_due_on, registered_at, registered_by, state)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'waiting')`,
      [
        id,
        clinicId,
        branchId,
        patientId,
        personSealed,
        serviceId,
        payer,
        practitionerId,
        wish ? seal(wish) : null,
        channel,
        receivedAt.toString(),
        from.toString(),
        answerDueOn(channel, from, place.country)?.toString() ?? null,
        now.toString(),
        staff.staffMemberId,
      ],
    );
    await recordEvent(tx, staff, { clinicId, entryId: id, version: 1, at: now, kind: 'registered' });
    return { id };
  }
}

/** Where the branch is. @throws Refusal `not-found` where it, the service or the practitioner is not the clinic's */
async function placeOf(tx: Tx, { clinicId, branchId, serviceId, practitionerId }: Registration): Promise<Place> {
  const [place] = await tx.query<{ country: Country; zone: string }>(
    `select b.country, b.zone
       from branch b join service s on s.clinic_id = b.clinic_id and s.id = $3
      where b.clinic_id = $1 and b.id = $2
        and ($4::uuid is null
             or exists (select from practitioner_role r where r.clinic_id = $1 and r.practitioner_id = $4))`,
    [clinicId, branchId, serviceId, practitionerId],
  );
  if (!place) throw new Refusal('not-found');
  return place;
}

function receivedWhen({ channel, receivedAt }: Registration, now: Temporal.Instant): Temporal.Instant {
  if (channel !== 'email' || receivedAt === null) return now;
  const { compare } = Temporal.Instant;
  const wrong = (code: string): Refusal => new Refusal('invalid', { errors: [{ path: 'receivedAt', code }] });
  if (compare(receivedAt, now) > 0) throw wrong('waiting.errors.future');
  if (compare(receivedAt, now.subtract({ hours: 24 * oldestDays })) < 0) throw wrong('waiting.errors.too-old');
  return receivedAt;
}

/** The clinic's record of them, if they can be told apart from others, and what else is kept of whom they are. */
async function wisherOf(
  tx: Tx,
  staff: StaffActor,
  { clinicId, person, contact }: Registration,
  now: Temporal.Instant,
): Promise<{ patientId: string | null; personSealed: Buffer | null }> {
  if ('id' in person) {
    if (!(await patientOfStaff(tx, staff, person.id))) throw new Refusal('not-found');
    const isReachable = contact.email !== null || contact.phone !== null;
    const [named] = isReachable ? await namesOf(tx, person.id) : [];
    return { patientId: person.id, personSealed: named ? sealPerson({ ...named, ...contact }) : null };
  }
  const { givenName, familyName } = person;
  const personSealed = sealPerson({ givenName, familyName, ...contact });
  if (!('language' in person)) {
    if (contact.email === null && contact.phone === null)
      throw new Refusal('invalid', { errors: [{ path: 'phone', code: 'waiting.errors.contact' }] });
    return { patientId: null, personSealed };
  }
  return { patientId: await keepPatient(tx, { clinicId }, person, now), personSealed };
}

const namesOf = (tx: Tx, patientId: string): Promise<{ givenName: string; familyName: string }[]> =>
  tx.query(`select given_name as "givenName", family_name as "familyName" from patient where id = $1`, [patientId]);
