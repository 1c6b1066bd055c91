import { Injectable } from '@nestjs/common';
import { AccessLog, requireStaff, type StaffActor } from '#libs/access';
import { Database, Refusal } from '#libs/platform';
import { looksAtVisits } from '../looks-at-visits.js';
import { type AppointmentView, viewColumns, viewOf, type ViewRow, viewTables } from './appointment-view.js';

/** The visits of one series, cancelled ones included, in their order; a look that the access log keeps. */
@Injectable()
export class VisitsOfSeries {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
  ) {}

  /** @throws Refusal `not-found`, also for another clinic's, `not-allowed` */
  async run(actor: StaffActor, seriesId: string): Promise<AppointmentView[]> {
    const rows = await this.database.read<ViewRow>(
      `select ${viewColumns} from ${viewTables} where a.series_id = $1 and a.clinic_id = $2 order by a.starts_at, a.id`,
      [seriesId, actor.clinicId],
    );
    if (rows.length === 0) throw new Refusal('not-found');
    const views = rows.map(viewOf);
    for (const { practitioner, branch } of views)
      requireStaff(actor, actor.clinicId, 'patients.read', { practitionerId: practitioner.id, branchId: branch.id });
    await this.accessLog.looked(null, ...looksAtVisits(actor, views, 'series-visits'));
    return views;
  }

  /** The series that an appointment belongs to, if it does. */
  async of(actor: StaffActor, appointmentId: string): Promise<string | null> {
    const [row] = await this.database.read<{ id: string | null }>(
      `select series_id as id from appointment where id = $1 and clinic_id = $2`,
      [appointmentId, actor.clinicId],
    );
    return row?.id ?? null;
  }
}
