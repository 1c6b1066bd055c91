import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { type OfferedTime, offeredTimes, type OfferJson, offersOf } from './absences.js';
import { Appointments, type AppointmentView } from './appointment-view.js';

/** What a patient may choose from because the clinic cannot keep their time. */
export interface OffersOfVisit {
  view: AppointmentView;
  /** Null: nobody waits for an answer. */
  choice: { until: Temporal.Instant; offers: OfferedTime[] } | null;
}

/** The times that are held for one appointment's patient. */
@Injectable()
export class OffersOfAppointment {
  constructor(
    private readonly database: Database,
    private readonly appointments: Appointments,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** An empty list of offers: no other time was free. @throws Refusal as `Appointments.find` */
  async run(actor: Actor, id: string): Promise<OffersOfVisit> {
    const view = await this.appointments.find(actor, id);
    const now = this.clock.now();
    const [row] = await this.database.read<{ state: string; answer_by: Date; offers: OfferJson[] }>(
      `select f.state, f.answer_by, ${offersOf} as offers
         from affected_visit f join appointment a on a.id = f.appointment_id
        where f.appointment_id = $1 and a.starts_at > $2
          and (f.state = 'nothing-free' or (f.state = 'offered' and f.answer_by > $2))`,
      [id, now.toString()],
    );
    if (!row) return { view, choice: null };
    const offers = offeredTimes(row.offers).filter(({ state }) => state === 'held');
    return { view, choice: { until: row.answer_by.toTemporalInstant(), offers } };
  }
}
