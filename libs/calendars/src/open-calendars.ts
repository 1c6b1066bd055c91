import { Inject, Injectable } from '@nestjs/common';
import { requireStaff, type Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal, type Tx } from '#libs/platform';
import type { Payer } from './calendar.entity.js';
import { insertCalendar, requireKeepable, requireServices, writeServices } from './calendar-rows.js';
import type { BookingRules, OfferedService } from './rules/booking-rules.js';

/** Where and for whom a calendar is opened, once for each payer: the payer of a calendar never changes. */
export interface CalendarPlace {
  branchId: string;
  payer: Payer;
}

/** The branch that a room or device stands at, or null for a practitioner. @throws Refusal `not-found` */
async function placeOfResource(tx: Tx, clinicId: string, resourceId: string): Promise<string | null> {
  const [row] = await tx.query<{ branch_id: string | null }>(
    `select branch_id from resource where id = $2 and clinic_id = $1 and active
     union all
     select null from practitioner_role where clinic_id = $1 and practitioner_id = $2
     limit 1`,
    [clinicId, resourceId],
  );
  if (!row) throw new Refusal('not-found');
  return row.branch_id;
}

/**
 * Opens calendars of one practitioner, room or device, one for each place, in one transaction. Nobody can book there
 * before hours are published. State-paid and paid calendars share the resource's one timeline, so the same moment is
 * taken once (R2-02, F009).
 * Refusals: `not-found` a branch or resource that is not the clinic's, `not-allowed`, `invalid` with paths `places`
 * (codes `required`, `calendars.exists`, `calendars.elsewhere`), `services`, `services.<index>.<member>` or a rule's name.
 */
@Injectable()
export class OpenCalendars {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param services what the calendars of a payer offer, by payer; lengths in minutes, prices in cents
   * @returns the new calendars' ids in the order of `places`
   */
  async run({
    actor,
    clinicId,
    resourceId,
    places,
    rules,
    services,
  }: {
    actor: Actor;
    clinicId: string;
    resourceId: string;
    places: readonly CalendarPlace[];
    rules: BookingRules;
    services: Readonly<Record<Payer, readonly OfferedService[]>>;
  }): Promise<{ ids: string[] }> {
    for (const branchId of places.length === 0 ? [null] : places.map((place) => place.branchId))
      requireStaff(actor, clinicId, 'hours.edit', { practitionerId: resourceId, branchId });
    if (places.length === 0) throw new Refusal('invalid', { errors: [{ path: 'places', code: 'required' }] });
    for (const { payer } of places) requireKeepable(rules, services[payer]);
    return this.database.transaction(async (tx) => {
      const at = await placeOfResource(tx, clinicId, resourceId);
      await tx.query(
        `insert into resource (id, kind, practitioner_id) select id, 'practitioner', id from practitioner where id = $1
         on conflict on constraint resource_pkey do nothing`,
        [resourceId],
      );
      const branches = await tx.query<{ id: string }>(`select id from branch where clinic_id = $1`, [clinicId]);
      const ids: string[] = [];
      for (const { branchId, payer } of places) {
        if (!branches.some(({ id }) => id === branchId)) throw new Refusal('not-found');
        if (at !== null && at !== branchId) {
          throw new Refusal('invalid', { errors: [{ path: 'places', code: 'calendars.elsewhere' }] });
        }
        await requireServices(tx, clinicId, services[payer]);
        const calendar = { clinicId, branchId, resourceId, payer, at: this.clock.now() };
        const id = await insertCalendar(tx, calendar, rules, services[payer]);
        if (id === undefined) {
          throw new Refusal('invalid', { errors: [{ path: 'places', code: 'calendars.exists' }] });
        }
        await writeServices(tx, { id, clinicId }, services[payer]);
        ids.push(id);
      }
      return { ids };
    });
  }
}
