import { Injectable } from '@nestjs/common';
import { AccessLog, reachOf, requireSomewhere, requireStaff, type StaffActor, within } from '#libs/access';
import { Database, open, Refusal } from '#libs/platform';
import type { IncomingMeaning } from '../rules/incoming-words.js';
import type { IncomingOutcome } from './incoming-text.entity.js';

/** What somebody answered to a short message, as staff read it. */
export interface AnswerByText {
  id: string;
  phone: string;
  text: string;
  meaning: IncomingMeaning;
  /** Null: it is not read yet. */
  outcome: IncomingOutcome | null;
  receivedAt: Temporal.Instant;
  handled: { at: Temporal.Instant; by: string } | null;
  /** What it is about, or most likely about; null: only the clinic is known. */
  visit: {
    id: string;
    start: Temporal.Instant;
    timeZone: string;
    status: string;
    patientId: string;
    patient: string;
    practitionerId: string;
    /** Null where a room or a device is booked by itself. */
    practitioner: string | null;
    branchId: string;
  } | null;
}

interface Row extends Omit<AnswerByText, 'phone' | 'text' | 'receivedAt' | 'handled' | 'visit'> {
  phoneSealed: Buffer;
  textSealed: Buffer;
  receivedAt: Date;
  handledAt: Date | null;
  handledBy: string | null;
  startsAt: Date | null;
  visit: Omit<NonNullable<AnswerByText['visit']>, 'start'> | null;
}

/** How many answers a list shows. */
const mostShown = 100;

/** Answers that led to what they asked for need nobody. */
const needsNobody = `('confirmed', 'cancelled', 'stopped', 'started')`;

const answers = `
  select i.id, i.meaning, i.outcome, i.received_at as "receivedAt", i.phone_sealed as "phoneSealed", i.text_sealed as "textSealed",
         i.handled_at as "handledAt", h.display_name as "handledBy", a.starts_at as "startsAt",
         case when a.id is not null then json_build_object('id', a.id, 'timeZone', a.zone, 'status', a.status, 'patientId', p.id,
           'patient', p.given_name || ' ' || p.family_name, 'practitionerId', a.resource_id,
           'practitioner', d.given_name || ' ' || d.family_name, 'branchId', a.branch_id) end as visit
    from incoming_text i
    left join appointment a on a.id = i.appointment_id
    left join patient p on p.id = a.patient_id
    left join practitioner d on d.id = a.resource_id
    left join staff_member h on h.id = i.handled_by
   where i.clinic_id = $1`;

/** What is somebody's own: of their visits; whoever reaches the whole clinic also sees what is about no visit. */
const reached = `
  ((a.id is null and $4) or (a.id is not null and ($2::uuid[] is null or a.resource_id = any($2))
                             and ($3::uuid[] is null or a.branch_id = any($3))))`;

const waits = `i.handled_at is null and i.outcome is not null and i.outcome not in ${needsNobody}`;

function answerOf({
  phoneSealed,
  textSealed,
  receivedAt,
  handledAt,
  handledBy,
  startsAt,
  visit,
  ...rest
}: Row): AnswerByText {
  return {
    ...rest,
    phone: open(phoneSealed),
    text: open(textSealed),
    receivedAt: receivedAt.toTemporalInstant(),
    handled: handledAt && { at: handledAt.toTemporalInstant(), by: handledBy ?? '' },
    visit: visit && startsAt ? { ...visit, start: startsAt.toTemporalInstant() } : null,
  };
}

/** What people answered to the short messages of a clinic, for the staff who may see it. */
@Injectable()
export class TextsOfClinic {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
  ) {}

  /**
   * Those that somebody has to look at, the newest first, then all others; at most a hundred of each. Whom it lists is a look
   * that the access log keeps.
   * @throws Refusal `not-allowed`
   */
  async list(actor: StaffActor): Promise<{ waiting: AnswerByText[]; others: AnswerByText[] }> {
    requireSomewhere(actor, actor.clinicId, 'notices.read');
    const [waiting = [], others = []] = await Promise.all(
      [waits, `not (${waits})`].map((which) => this.of(actor, which)),
    );
    await this.accessLog.listed(
      [...waiting, ...others].flatMap(({ visit }) =>
        visit
          ? [{ actor, patientId: visit.patientId, appointmentId: visit.id, action: 'answers', purpose: 'booking' }]
          : [],
      ),
    );
    return { waiting, others };
  }

  /** How many wait to be looked at. */
  async waiting(actor: StaffActor): Promise<number> {
    const [row] = await this.database.read<{ count: number }>(
      `select count(*)::integer as count from (${answers} and ${waits} and ${reached}) waiting`,
      this.reach(actor),
    );
    return row?.count ?? 0;
  }

  /** One that the actor may take off the list. @throws Refusal `not-found` for another clinic's too, `not-allowed` */
  async find(actor: StaffActor, id: string): Promise<AnswerByText> {
    const [row] = await this.database.read<Row>(`${answers} and i.id = $2`, [actor.clinicId, id]);
    if (!row) throw new Refusal('not-found');
    const { visit } = row;
    requireStaff(actor, actor.clinicId, 'notices.edit', {
      practitionerId: visit?.practitionerId ?? null,
      branchId: visit?.branchId ?? null,
    });
    return answerOf(row);
  }

  private async of(actor: StaffActor, which: string): Promise<AnswerByText[]> {
    const rows = await this.database.read<Row>(
      `${answers} and ${which} and ${reached} order by i.received_at desc, i.id limit ${mostShown}`,
      this.reach(actor),
    );
    return rows.map(answerOf);
  }

  private reach(actor: StaffActor): [string, readonly string[] | null, readonly string[] | null, boolean] {
    const { practitionerIds, branchIds } = within(actor, 'notices.read');
    const isWhole = reachOf(actor.role, 'notices.read') === 'clinic' && branchIds === null;
    return [actor.clinicId, practitionerIds, branchIds, isWhole];
  }
}
