import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, type Actor, requireSomewhere, type StaffActor, within } from '#libs/access';
import { CLOCK, type Clock, Database, isId } from '#libs/platform';
import type { NoticeChannel, NoticeState } from '../notice.entity.js';
import { isTold, isUnreached } from '../queries/told.js';
import { visitColumns, type VisitRow, visitTables, type VisitToTell, visitToTell } from '../queries/visit-to-tell.js';

/** Somebody whom the portal did not reach: who, what they have to hear, and why it did not. */
export interface UnreachedPatient extends VisitToTell {
  noticeId: string;
  channel: NoticeChannel;
  state: NoticeState;
  /** A word of ours: why it failed, came back or was not sent. */
  failure: string | null;
  /** Masked. */
  address: string | null;
  answer: string | null;
  attempts: number;
  /** Since when it is known. */
  since: Temporal.Instant;
  /** Nothing goes to the address any more. */
  isSuppressed: boolean;
  /** Calls that reached nobody, and when the last one was. */
  tries: number;
  lastTryAt: Temporal.Instant | null;
  /** The visit's time, or where it stood, has passed. */
  isPast: boolean;
}

/**
 * Who caused what was not told: the clinic or the portal, so that the patient does not know it; or the patient themselves,
 * who saw it on the screen, so that only the letter is missing.
 */
export type CausedBy = 'clinic' | 'patient';

export interface UnreachedPage {
  items: UnreachedPatient[];
  total: number;
  /** The place after which the next page begins; null: this is the last. */
  next: string | null;
}

interface Row extends VisitRow {
  noticeId: string;
  channel: NoticeChannel;
  state: NoticeState;
  failure: string | null;
  address: string | null;
  answer: string | null;
  attempts: number;
  since: Date;
  isSuppressed: boolean;
  tries: number;
  lastTryAt: Date | null;
  visitAt: Date;
  isPast: boolean;
  total: number;
}

/** Patients of a page. */
const pageSize = 30;
/** What nobody looked at for so long is no longer on the list; the appointment's history keeps it. */
const keptDays = 60;

/**
 * One row an appointment: its newest step that the patient has not heard of, and who took that. Whoever took a step in the
 * portal saw where the visit stood before. Parameters 1 to 4.
 */
const missed = `
  select distinct on (n.appointment_id) n.id as notice_id, n.channel, n.state, n.failure, n.address, n.address_index, n.answer,
         n.attempts, coalesce(n.bounced_at, n.failed_at, n.created_at) as since, n.event_id,
         case when e.actor_kind in ('patient', 'guest') then 'patient' else 'clinic' end as caused_by
    from notice n
    join appointment_event e on e.id = n.event_id
    join appointment a on a.id = n.appointment_id
   where n.clinic_id = $1 and n.created_at > $2::timestamptz - interval '${keptDays} days'
     and ${isUnreached}
     and ($3::uuid[] is null or a.branch_id = any($3)) and ($4::uuid[] is null or a.resource_id = any($4))
     and not ${isTold}
   order by n.appointment_id, e.version desc, n.channel`;

/** Where the page before ended; null: the first page, also for what names no place. */
function placeOf(after: string | undefined): { past: boolean; visitAt: string; appointmentId: string } | null {
  const [past, visitAt = '', appointmentId = ''] = (after ?? '').split(',');
  try {
    return isId(appointmentId)
      ? { past: past === '1', visitAt: Temporal.Instant.from(visitAt).toString(), appointmentId }
      : null;
  } catch {
    return null;
  }
}

/** The work list of those whom neither a letter nor a short message reached: staff call them instead (F051). */
@Injectable()
export class UnreachedPatients {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Thirty of them: those whose visit comes first, then those whose visit is over. Everybody on it is a look that the
   * access log keeps.
   * @param causedBy whose acts: what the clinic and the portal did has to be told, what patients did is theirs to know
   * @param after the `next` of the page before
   * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`
   */
  async page(actor: Actor, clinicId: string, causedBy: CausedBy, after?: string): Promise<UnreachedPage> {
    const staff = requireSomewhere(actor, clinicId, 'notices.read');
    const { past, visitAt, appointmentId } = placeOf(after) ?? {};
    const rows = await this.database.readPlanned<Row>(
      `with missed as (${missed}), listed as (
         select ${visitColumns}, m.notice_id as "noticeId", m.channel, m.state, m.failure, m.address, m.answer, m.attempts, m.since,
                date_trunc('milliseconds', least(e.from_starts_at, e.to_starts_at)) as "visitAt",
                greatest(e.from_starts_at, e.to_starts_at) < $2::timestamptz as "isPast",
                exists (select from suppressed_address s where s.channel = m.channel and s.address_index = m.address_index
                           and s.lifted_at is null) as "isSuppressed",
                (select count(*)::integer from informed_mark i where i.event_id = e.id) as tries,
                (select max(i.at) from informed_mark i where i.event_id = e.id) as "lastTryAt"
           from missed m join appointment_event e on e.id = m.event_id ${visitTables}
          where m.caused_by = $8
       )
       select *, (select count(*)::integer from listed) as total from listed
        where $5::boolean is null or ("isPast", "visitAt", "appointmentId") > ($5, $6::timestamptz, $7::uuid)
        order by "isPast", "visitAt", "appointmentId"
        limit ${pageSize + 1}`,
      [...this.values(staff), past ?? null, visitAt ?? null, appointmentId ?? null, causedBy],
    );
    const shown = rows.slice(0, pageSize);
    const last = shown.at(-1);
    await this.accessLog.listed(
      shown.map((row) => ({
        actor: staff,
        patientId: row.patientId,
        appointmentId: row.appointmentId,
        action: 'unreached-list',
        purpose: 'booking',
      })),
    );
    return {
      items: shown.map((row) => ({
        ...visitToTell(row),
        noticeId: row.noticeId,
        channel: row.channel,
        state: row.state,
        failure: row.failure,
        address: row.address,
        answer: row.answer,
        attempts: row.attempts,
        since: row.since.toTemporalInstant(),
        isSuppressed: row.isSuppressed,
        tries: row.tries,
        lastTryAt: row.lastTryAt?.toTemporalInstant() ?? null,
        isPast: row.isPast,
      })),
      total: rows[0]?.total ?? 0,
      next:
        rows.length > pageSize && last
          ? [last.isPast ? 1 : 0, last.visitAt.toISOString(), last.appointmentId].join(',')
          : null,
    };
  }

  /** How many there are. @throws Refusal as `page` */
  async count(actor: Actor, clinicId: string, causedBy: CausedBy): Promise<number> {
    const staff = requireSomewhere(actor, clinicId, 'notices.read');
    const [row] = await this.database.readPlanned<{ n: number }>(
      `select count(*)::integer as n from (${missed}) m where m.caused_by = $5`,
      [...this.values(staff), causedBy],
    );
    return row?.n ?? 0;
  }

  private values(staff: StaffActor): unknown[] {
    const { branchIds, practitionerIds } = within(staff, 'notices.read');
    return [staff.clinicId, this.clock.now().toString(), branchIds, practitionerIds];
  }
}
