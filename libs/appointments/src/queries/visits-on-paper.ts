import { Injectable } from '@nestjs/common';
import { AccessLog, type Actor, requireSomewhere, type StaffActor, within } from '#libs/access';
import type { Payer } from '#libs/calendars';
import { type PatientCard, Patients } from '#libs/people';
import { Database, Refusal, type Words } from '#libs/platform';
import type { Status } from '../rules/status.js';

/** A visit as lists and labels print it. */
export interface VisitOnPaper {
  id: string;
  reference: string;
  status: Status;
  payer: Payer;
  start: Temporal.Instant;
  end: Temporal.Instant;
  timeZone: string;
  resourceId: string;
  serviceName: Words;
  /** The number that was left for this visit, else the patient's own. */
  phone: string | null;
  patient: PatientCard;
}

/** A printed list is one kind of look; labels are another. */
export type PaperKind = 'day-list' | 'labels';

interface Row extends Omit<VisitOnPaper, 'start' | 'end' | 'patient'> {
  patientId: string;
  starts_at: Date;
  ends_at: Date;
}

const columns = `a.id, a.reference, a.status, a.payer, a.zone as "timeZone", a.resource_id as "resourceId", a.starts_at, a.ends_at,
  s.name as "serviceName", a.contact_phone as phone, a.patient_id as "patientId"`;

/** Only of these practitioners and branches; null: of all. */
const bounds = `($2::uuid[] is null or a.resource_id = any($2)) and ($3::uuid[] is null or a.branch_id = any($3))`;

/** Visits with whom they concern, for paper. All that is printed is a look that the access log keeps (promise 10). */
@Injectable()
export class VisitsOnPaper {
  constructor(
    private readonly database: Database,
    private readonly patients: Patients,
    private readonly accessLog: AccessLog,
  ) {}

  /**
   * The visits of a branch on a day that take place, took place or were missed, by start.
   * @param day in the branch's zone
   * @param resources only of these practitioners or rooms; null: of all
   * @throws Refusal `not-found` another clinic's branch; `not-allowed` for the role, or a branch outside its bounds
   */
  async ofDay(
    actor: Actor,
    asked: { branchId: string; day: Temporal.PlainDate; resources: readonly string[] | null; kind: PaperKind },
  ): Promise<VisitOnPaper[]> {
    const [branch] = await this.database.read<{ clinicId: string }>(
      `select clinic_id as "clinicId" from branch where id = $1`,
      [asked.branchId],
    );
    if (!branch) throw new Refusal('not-found');
    const staff = requireSomewhere(actor, branch.clinicId, 'patients.read');
    const { practitionerIds, branchIds } = within(staff, 'patients.read');
    if (branchIds !== null && !branchIds.includes(asked.branchId))
      throw new Refusal('not-allowed', { why: 'out-of-reach' });
    const rows = await this.database.read<Row>(
      `select ${columns}
         from branch b
         join appointment a on a.branch_id = b.id
          and a.starts_at >= $4::date::timestamp at time zone b.zone and a.starts_at < ($4::date + 1)::timestamp at time zone b.zone
         join service s on s.id = a.service_id
        where b.id = $1 and ${bounds} and ($5::uuid[] is null or a.resource_id = any($5))
          and a.status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'noshow')
        order by a.starts_at, a.id`,
      [asked.branchId, practitionerIds, branchIds, asked.day.toString(), asked.resources],
    );
    return this.printed(staff, rows, asked.kind);
  }

  /**
   * Visits chosen one by one, by start.
   * @throws Refusal `not-found` when one is another clinic's or does not exist; `not-allowed` when the role may not read one
   */
  async chosen(actor: Actor, clinicId: string, ids: readonly string[], kind: PaperKind): Promise<VisitOnPaper[]> {
    const staff = requireSomewhere(actor, clinicId, 'patients.read');
    const { practitionerIds, branchIds } = within(staff, 'patients.read');
    const rows = await this.database.read<Row & { isTheirs: boolean }>(
      `select ${columns}, ${bounds} as "isTheirs"
         from appointment a
         join service s on s.id = a.service_id
        where a.clinic_id = $1 and a.id = any($4::uuid[])
        order by a.starts_at, a.id`,
      [clinicId, practitionerIds, branchIds, ids],
    );
    if (rows.length < new Set(ids).size) throw new Refusal('not-found');
    if (rows.some(({ isTheirs }) => !isTheirs)) throw new Refusal('not-allowed', { why: 'out-of-reach' });
    return this.printed(staff, rows, kind);
  }

  private async printed(staff: StaffActor, rows: readonly Row[], kind: PaperKind): Promise<VisitOnPaper[]> {
    const cards = await this.patients.cardsOf([...new Set(rows.map(({ patientId }) => patientId))]);
    const byId = new Map(cards.map((card) => [card.id, card]));
    await this.accessLog.looked(
      null,
      ...rows.map((row) => ({
        actor: staff,
        patientId: row.patientId,
        appointmentId: row.id,
        action: `${kind}-printed`,
        purpose: kind,
      })),
    );
    return rows.flatMap((row) => {
      const patient = byId.get(row.patientId);
      if (!patient) return [];
      return {
        id: row.id,
        reference: row.reference,
        status: row.status,
        payer: row.payer,
        start: row.starts_at.toTemporalInstant(),
        end: row.ends_at.toTemporalInstant(),
        timeZone: row.timeZone,
        resourceId: row.resourceId,
        serviceName: row.serviceName,
        phone: row.phone ?? patient.phone,
        patient,
      };
    });
  }
}
