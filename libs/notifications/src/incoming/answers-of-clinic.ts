import { Injectable } from '@nestjs/common';
import { AccessLog, requireSomewhere, requireStaff, type StaffActor, within } from '#libs/access';
import { Database, open, Refusal } from '#libs/platform';
import type { IncomingKind, Partstat } from '../rules/incoming-kind.js';

/** An answer as a list shows it, and the visit that it is about. */
export interface Answer {
  id: string;
  kind: Extract<IncomingKind, 'calendar-reply' | 'letter'>;
  /** What a calendar said; null: it is somebody's words. */
  partstat: Partstat | null;
  receivedAt: Temporal.Instant;
  /** Masked; null: the letter named nobody. */
  sender: string | null;
  /** It says that it is from the address that the visit's letters go to. */
  fromContact: boolean;
  /** It answers a letter about the visit as it was before. */
  isOutdated: boolean;
  hasText: boolean;
  handled: { at: Temporal.Instant; by: string } | null;
  visit: {
    id: string;
    start: Temporal.Instant;
    timeZone: string;
    status: string;
    patientId: string;
    patient: string;
    phone: string | null;
    practitionerId: string;
    /** Null: a room or device that is booked by itself. */
    practitioner: string | null;
    branchId: string;
  };
}

interface Row extends Omit<Answer, 'receivedAt' | 'handled' | 'visit'> {
  receivedAt: Date;
  handledAt: Date | null;
  handledBy: string | null;
  startsAt: Date;
  visit: Omit<Answer['visit'], 'start'>;
}

/** How many answers a list shows. */
const mostShown = 100;

const answers = `
  select m.id, m.kind, m.partstat, m.received_at as "receivedAt", m.sender, m.from_contact as "fromContact",
         coalesce(m.answered_sequence < a.sequence, false) as "isOutdated", m.text_sealed is not null as "hasText",
         m.handled_at as "handledAt", h.display_name as "handledBy", a.starts_at as "startsAt",
         json_build_object('id', a.id, 'timeZone', a.zone, 'status', a.status, 'patientId', p.id,
           'patient', p.given_name || ' ' || p.family_name, 'phone', coalesce(a.contact_phone, p.phone), 'practitionerId', a.resource_id,
           'practitioner', d.given_name || ' ' || d.family_name, 'branchId', a.branch_id) as visit
    from incoming_mail m
    join appointment a on a.id = m.appointment_id
    join patient p on p.id = a.patient_id
    left join practitioner d on d.id = a.resource_id
    left join staff_member h on h.id = m.handled_by
   where m.kind in ('calendar-reply', 'letter')`;

function answerOf({ receivedAt, handledAt, handledBy, startsAt, visit, ...rest }: Row): Answer {
  return {
    ...rest,
    receivedAt: receivedAt.toTemporalInstant(),
    handled: handledAt && { at: handledAt.toTemporalInstant(), by: handledBy ?? '' },
    visit: { ...visit, start: startsAt.toTemporalInstant() },
  };
}

/** What came back about the visits of a clinic, for the staff who may see them. */
@Injectable()
export class AnswersOfClinic {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
  ) {}

  /**
   * Those that wait to be looked at, the newest first, then those that were; at most a hundred of each. Whom it lists
   * is a look that the access log keeps.
   * @throws Refusal `not-allowed`
   */
  async list(actor: StaffActor): Promise<{ waiting: Answer[]; seen: Answer[] }> {
    requireSomewhere(actor, actor.clinicId, 'notices.read');
    const [waiting, seen] = await Promise.all(['is null', 'is not null'].map((handled) => this.of(actor, handled)));
    const listed = [...(waiting ?? []), ...(seen ?? [])].map(({ visit }) => ({
      actor,
      patientId: visit.patientId,
      appointmentId: visit.id,
      action: 'answers',
      purpose: 'booking',
    }));
    await this.accessLog.listed(listed);
    return { waiting: waiting ?? [], seen: seen ?? [] };
  }

  /** How many wait to be looked at. */
  async waiting(actor: StaffActor): Promise<number> {
    const [row] = await this.database.read<{ count: number }>(
      `select count(*)::integer as count from (${answers} and m.clinic_id = $1 and m.handled_at is null
         and ($2::uuid[] is null or a.resource_id = any($2)) and ($3::uuid[] is null or a.branch_id = any($3))) waiting`,
      this.reach(actor),
    );
    return row?.count ?? 0;
  }

  /** The newest answer about a visit, and how many there are. The caller has asked whether the actor may see the visit. */
  async ofVisit(appointmentId: string): Promise<{ newest: Answer; count: number } | null> {
    const rows = await this.database.read<Row>(
      `${answers} and m.appointment_id = $1 order by m.received_at desc limit 50`,
      [appointmentId],
    );
    const [newest] = rows;
    return newest ? { newest: answerOf(newest), count: rows.length } : null;
  }

  /** One answer. @throws Refusal `not-found` for another clinic's too, `not-allowed` */
  async find(
    actor: StaffActor,
    id: string,
    permission: 'notices.read' | 'notices.edit' = 'notices.read',
  ): Promise<Answer> {
    const [row] = await this.database.read<Row>(`${answers} and m.clinic_id = $1 and m.id = $2`, [actor.clinicId, id]);
    if (!row) throw new Refusal('not-found');
    const { practitionerId, branchId } = row.visit;
    requireStaff(actor, actor.clinicId, permission, { practitionerId, branchId });
    return answerOf(row);
  }

  /**
   * The words of an answer, as plain text; opening them is a look that the access log keeps.
   * @throws Refusal as `find`
   */
  async read(actor: StaffActor, id: string): Promise<Answer & { text: string }> {
    const answer = await this.find(actor, id);
    const [row] = await this.database.read<{ sealed: Buffer | null }>(
      `select text_sealed as sealed from incoming_mail where id = $1`,
      [id],
    );
    const { patientId, id: appointmentId } = answer.visit;
    await this.accessLog.looked(null, { actor, patientId, appointmentId, action: 'answer-read', purpose: 'booking' });
    return { ...answer, text: row?.sealed ? open(row.sealed) : '' };
  }

  private async of(actor: StaffActor, handled: string): Promise<Answer[]> {
    const rows = await this.database.read<Row>(
      `${answers} and m.clinic_id = $1 and m.handled_at ${handled}
         and ($2::uuid[] is null or a.resource_id = any($2)) and ($3::uuid[] is null or a.branch_id = any($3))
       order by m.received_at desc, m.id limit ${mostShown}`,
      this.reach(actor),
    );
    return rows.map(answerOf);
  }

  private reach(actor: StaffActor): [string, readonly string[] | null, readonly string[] | null] {
    const { practitionerIds, branchIds } = within(actor, 'notices.read');
    return [actor.clinicId, practitionerIds, branchIds];
  }
}
