import { Inject, Injectable } from '@nestjs/common';
import { type Actor, mayDo } from '#libs/access';
import { BookAppointment, type Booking } from '#libs/appointments';
import { CLOCK, type Clock, Refusal, type Tx } from '#libs/platform';
import { type OpenEntry, openEntry } from './open-entry.js';
import { recordEvent } from './record-event.js';

/** What became of the entry: `another-person` and `not-theirs` leave it waiting. */
export type EntryOutcome = 'met' | 'another-person' | 'not-theirs';

/**
 * Books the visit for which an entry waits, and says so of the entry in the same transaction: of two who book one entry at
 * once one books, the other is refused. Whoever was only a name and a number is the appointment's patient from then on, and
 * what they said of themselves is forgotten. A visit for somebody else, or an entry that these staff may not work on, is
 * booked all the same and leaves the entry as it is.
 * Refusals: those of `BookAppointment`; `state-changed` with why `request-settled` when the entry waits no more.
 */
@Injectable()
export class BookEntry {
  constructor(
    private readonly book: BookAppointment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the appointment; done again with the same request it is the same one */
  async run({ id, booking }: { id: string; booking: Booking }): Promise<{ id: string; entry: EntryOutcome }> {
    const { actor } = booking;
    let entry: OpenEntry | null = null;
    let outcome: EntryOutcome = 'met';
    const appointment = await this.book.run({
      ...booking,
      meets: {
        begin: async (tx) => {
          entry = await this.waiting(tx, actor, id);
        },
        end: async (tx, appointmentId) => {
          outcome = entry === null ? 'not-theirs' : await this.settle(tx, { id, entry, appointmentId });
        },
      },
    });
    return { id: appointment.id, entry: outcome };
  }

  /** Locked before any resource or patient: nobody who holds those waits for an entry. Null: it is not theirs. */
  private async waiting(tx: Tx, actor: Actor, id: string): Promise<OpenEntry | null> {
    try {
      const entry = await openEntry(tx, actor, id);
      if (entry.state !== 'waiting') throw new Refusal('state-changed', { why: 'request-settled' });
      return entry;
    } catch (error) {
      if (error instanceof Refusal && (error.code === 'not-found' || error.code === 'not-allowed')) return null;
      throw error;
    }
  }

  private async settle(
    tx: Tx,
    { id, entry, appointmentId }: { id: string; entry: OpenEntry; appointmentId: string },
  ): Promise<EntryOutcome> {
    const { staff, clinicId, version, patientId } = entry;
    const [visit] = await tx.query<{ patientId: string; practitionerId: string; branchId: string }>(
      `select patient_id as "patientId", resource_id as "practitionerId", branch_id as "branchId"
         from appointment where clinic_id = $1 and id = $2`,
      [clinicId, appointmentId],
    );
    if (!visit) throw new Refusal('not-found');
    if (!mayDo(staff, 'waiting.edit', visit)) return 'not-theirs';
    if (patientId !== null && patientId !== visit.patientId) return 'another-person';
    const now = this.clock.now();
    await tx.query(
      `update waiting_list_entry
          set state = 'booked', appointment_id = $2, patient_id = $3, person_sealed = null, version = version + 1,
              answered_at = coalesce(answered_at, $4)
        where id = $1`,
      [id, appointmentId, visit.patientId, now.toString()],
    );
    const step = { clinicId, entryId: id, version: version + 1, at: now } as const;
    await recordEvent(tx, staff, { ...step, kind: 'booked', appointmentId });
    return 'met';
  }
}
