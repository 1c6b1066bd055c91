import { Injectable } from '@nestjs/common';
import { AccessLog, type Actor, mayDo, requireStaff } from '#libs/access';
import { Database, Refusal } from '#libs/platform';
import { looksAtVisits } from '../looks-at-visits.js';

/** Somebody with a seat in a group session. */
export interface SessionSeat {
  appointmentId: string;
  seat: number;
  name: string;
  status: string;
  /** It is the old seat of a move that waits for its answer. */
  isFormer: boolean;
}

/** Who sits in a group session, by seat, as its own page lists them; each is a look that the access log keeps. */
@Injectable()
export class PeopleOfSession {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
  ) {}

  /**
   * Null: whoever asks sees that the session is there, and may not know its people.
   * @throws Refusal `not-found` another clinic's session, `not-allowed`
   */
  async run(actor: Actor, sessionId: string): Promise<SessionSeat[] | null> {
    const [session] = await this.database.read<{ clinicId: string; practitionerId: string; branchId: string }>(
      `select n.clinic_id as "clinicId", c.resource_id as "practitionerId", c.branch_id as "branchId"
         from group_session n join calendar c on c.id = n.calendar_id where n.id = $1`,
      [sessionId],
    );
    if (!session) throw new Refusal('not-found');
    const staff = requireStaff(actor, session.clinicId, 'calendar.read', session);
    if (!mayDo(staff, 'patients.read', session)) return null;
    const rows = await this.database.read<SessionSeat & { patientId: string }>(
      `select a.id as "appointmentId", a.patient_id as "patientId", s.seat, p.given_name || ' ' || p.family_name as name, a.status,
              s.owner_kind = 'former' as "isFormer"
         from seat s
         join appointment a on a.id = s.owner_id
         join patient p on p.id = a.patient_id
        where s.session_id = $1 and s.owner_kind in ('appointment', 'former')
        order by s.seat`,
      [sessionId],
    );
    const visits = rows.map(({ appointmentId: id, patientId }) => ({ id, patient: { id: patientId } }));
    await this.accessLog.looked(null, ...looksAtVisits(staff, visits, 'session-people'));
    return rows.map(({ patientId: _, ...seat }) => seat);
  }
}
