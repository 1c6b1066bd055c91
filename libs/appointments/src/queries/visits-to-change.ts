import { Injectable } from '@nestjs/common';
import { AccessLog, mayDo, type StaffActor } from '#libs/access';
import { Database } from '#libs/platform';
import { looksAtVisits } from '../looks-at-visits.js';
import type { AppointmentView } from './appointment-view.js';
import { viewsOf } from './views-of.js';

/** Visits that staff chose one by one, to change them together. */
@Injectable()
export class VisitsToChange {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
  ) {}

  /**
   * Those of these ids that are theirs to change, in the order of their starts; the others are left out. Everybody who is
   * named is a look that the access log keeps.
   */
  async run(staff: StaffActor, ids: readonly string[]): Promise<AppointmentView[]> {
    const views = await viewsOf(this.database, [...new Set(ids)]);
    const found = [...views.values()]
      .filter(
        ({ clinic, practitioner, branch }) =>
          clinic.id === staff.clinicId &&
          mayDo(staff, 'appointments.change', { practitionerId: practitioner.id, branchId: branch.id }),
      )
      .sort((a, b) => Temporal.Instant.compare(a.start, b.start));
    await this.accessLog.listed(looksAtVisits(staff, found, 'several-list'));
    return found;
  }
}
