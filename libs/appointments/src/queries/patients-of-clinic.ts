import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, orAttempted, requireSomewhere, type StaffActor, within } from '#libs/access';
import { type PatientCard, type PatientLine, Patients } from '#libs/people';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import { patientOfStaff } from './patient-of-clinic.js';
import { SearchPeople } from './search-people.js';

/** A person in a list of those found: when they were here last and come next, as far as the role reaches. */
export interface FoundPatient extends PatientLine {
  last: VisitOfFound | null;
  next: VisitOfFound | null;
}

interface VisitOfFound {
  start: Temporal.Instant;
  zone: string;
}

const visitWithin = (order: 'asc' | 'desc', sign: '>' | '<=', states: string): string => `
    select a.starts_at as start, a.zone
      from appointment a
     where a.patient_id = i.id and a.clinic_id = $1 and a.starts_at ${sign} $2 and a.status in (${states})
       and ($3::uuid[] is null or a.resource_id = any($3)) and ($4::uuid[] is null or a.branch_id = any($4))
     order by a.starts_at ${order} limit 1`;

const lastAndNext = `
  select i.id, l.start as "lastStart", l.zone as "lastZone", n.start as "nextStart", n.zone as "nextZone"
    from unnest($5::uuid[]) as i(id)
    left join lateral (${visitWithin('desc', '<=', `'booked', 'arrived', 'checked-in', 'fulfilled'`)}) l on true
    left join lateral (${visitWithin('asc', '>', `'pending', 'booked'`)}) n on true`;

interface LastAndNext {
  id: string;
  lastStart: Date | null;
  lastZone: string | null;
  nextStart: Date | null;
  nextZone: string | null;
}

/** The people whom the staff of a clinic may find: those it knows, as far as the role reaches. */
@Injectable()
export class PatientsOfClinic {
  constructor(
    private readonly database: Database,
    private readonly search: SearchPeople,
    private readonly patients: Patients,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * By what somebody tells of themselves, see `SearchPeople`; codes masked. A look at each is written to the access log,
   * once in an hour of searching (promise 10).
   * @param purpose what the person is looked for, as the access log keeps it
   * @throws Refusal `not-allowed` for a role that reads nobody
   */
  async find(staff: StaffActor, text: string, purpose = 'booking'): Promise<FoundPatient[]> {
    requireSomewhere(staff, staff.clinicId, 'patients.read');
    return this.shown(staff, await this.search.run(staff, text), purpose);
  }

  /** The same of one person whom another list names: none if they are not theirs. */
  async one(staff: StaffActor, patientId: string, purpose = 'booking'): Promise<FoundPatient[]> {
    requireSomewhere(staff, staff.clinicId, 'patients.read');
    const cards = (await this.isTheirs(staff, patientId)) ? await this.patients.cardsOf([patientId]) : [];
    return this.shown(
      staff,
      cards.map(({ personCode: _, ...line }) => line),
      purpose,
    );
  }

  private async shown(staff: StaffActor, lines: readonly PatientLine[], purpose: string): Promise<FoundPatient[]> {
    if (lines.length === 0) return [];
    const { practitionerIds, branchIds } = within(staff, 'patients.read');
    const rows = await this.database.read<LastAndNext>(lastAndNext, [
      staff.clinicId,
      this.clock.now().toString(),
      practitionerIds,
      branchIds,
      lines.map(({ id }) => id),
    ]);
    const looks = lines.map(({ id }) => ({ actor: staff, patientId: id, action: 'patient-found', purpose }));
    await this.accessLog.found(looks);
    const visits = new Map(rows.map((row) => [row.id, row]));
    return lines.map((line) => {
      const row = visits.get(line.id);
      return {
        ...line,
        last: visit(row?.lastStart, row?.lastZone),
        next: visit(row?.nextStart, row?.nextZone),
      };
    });
  }

  /**
   * One person's whole card, written to the access log (promise 10).
   * @throws Refusal `not-found` for somebody whom the clinic does not know, or who is beyond the role's reach
   */
  async card(
    staff: StaffActor,
    patientId: string,
    look: { purpose: string; appointmentId?: string },
  ): Promise<PatientCard> {
    requireSomewhere(staff, staff.clinicId, 'patients.read');
    const [[card], isTheirs] = await Promise.all([this.patients.cardsOf([patientId]), this.isTheirs(staff, patientId)]);
    if (!card) throw new Refusal('not-found');
    orAttempted({ actor: staff, patientId, action: 'patient-card', ...look }, () => {
      if (!isTheirs) throw new Refusal('not-found');
    });
    await this.accessLog.looked(null, { actor: staff, patientId, action: 'patient-card', ...look });
    return card;
  }

  private isTheirs(staff: StaffActor, patientId: string): Promise<boolean> {
    const reader = { query: <Row>(text: string, values?: readonly unknown[]) => this.database.read<Row>(text, values) };
    return patientOfStaff(reader, staff, patientId);
  }
}

const visit = (start: Date | null | undefined, zone: string | null | undefined): VisitOfFound | null =>
  start && zone ? { start: start.toTemporalInstant(), zone } : null;
