import { ofAccount } from '#libs/appointments';
import type { Words } from '#libs/platform';
import type { NoticeState } from '../notice.entity.js';

/** One notice as the portal shows it to whom it went. */
export interface PortalNotice {
  id: string;
  kind: string;
  /** When the portal had it. */
  at: Temporal.Instant;
  readAt: Temporal.Instant | null;
  /** The step that it tells of, if it is about a visit. */
  eventId: string | null;
  appointmentId: string | null;
  /** The reminder that it is, perhaps of several visits. */
  reminderId: string | null;
  /** What happened to the account, if it is about that. */
  accountNoticeId: string | null;
  change: string | null;
  /** Null for what concerns the account alone. */
  clinic: string | null;
  /** The visit as it stood after the step. */
  visit: { start: Temporal.Instant; zone: string; practitioner: string | null; service: Words; patient: string } | null;
  /** Every way in which the same was told, and what became of it. */
  channels: { channel: string; state: NoticeState; at: Temporal.Instant }[];
}

interface Row extends Omit<PortalNotice, 'at' | 'readAt' | 'visit' | 'channels'> {
  at: Date;
  readAt: Date | null;
  starts: Date | null;
  visit: Omit<NonNullable<PortalNotice['visit']>, 'start'> | null;
  channels: { channel: string; state: NoticeState; at: string }[];
}

export type PortalNoticeRow = Row;

/**
 * The notices that account $1 may read at this moment, as `mine` with id, at and read_at: of the visits that it may see,
 * and its own. Asked of the records each time, so that a right that was taken away ends at once (faults.md F7).
 * @param and a further condition on the notice `n`
 */
export const noticesOfAccount = (and = 'true'): string => `
  mine as (
    select n.id, n.created_at as at
      from appointment a
      join notice n on n.appointment_id = a.id and n.channel = 'portal'
     where ${ofAccount} and ${and}
    union all
    select n.id, n.created_at
      from account_notice w
      join notice n on n.account_notice_id = w.id and n.channel = 'portal'
     where w.account_id = $1 and ${and})`;

/** The columns of a notice; see `portalTables`. */
export const portalColumns = `
  n.id, n.kind, n.created_at as at, n.read_at as "readAt", n.event_id as "eventId", n.appointment_id as "appointmentId",
  n.reminder_id as "reminderId", n.account_notice_id as "accountNoticeId", w.change, k.name as clinic,
  coalesce(e.to_starts_at, v.starts_at, a.starts_at) as starts,
  case when a.id is not null then json_build_object(
    'zone', a.zone, 'practitioner', d.given_name || ' ' || d.family_name, 'service', s.name,
    'patient', p.given_name || ' ' || p.family_name) end as visit,
  (select json_agg(json_build_object('channel', o.channel, 'state', o.state,
                                     'at', coalesce(o.bounced_at, o.delivered_at, o.sent_at, o.failed_at, o.created_at))
                   order by o.channel)
     from notice o
    where o.event_id = n.event_id or o.account_notice_id = n.account_notice_id or o.reminder_id = n.reminder_id) as channels`;

/** The tables of a notice `n`. */
export const portalTables = `
  notice n
  left join clinic k on k.id = n.clinic_id
  left join account_notice w on w.id = n.account_notice_id
  left join appointment a on a.id = n.appointment_id
  left join appointment_event e on e.id = n.event_id
  left join reminder_visit v on v.reminder_id = n.reminder_id and v.appointment_id = n.appointment_id
  left join practitioner d on d.id = coalesce(e.to_resource_id, a.resource_id)
  left join service s on s.id = a.service_id
  left join patient p on p.id = a.patient_id`;

export const portalNoticeOf = ({ at, readAt, starts, visit, channels, ...row }: Row): PortalNotice => ({
  ...row,
  at: at.toTemporalInstant(),
  readAt: readAt?.toTemporalInstant() ?? null,
  visit: visit && starts && { ...visit, start: starts.toTemporalInstant() },
  channels: channels.map((each) => ({ ...each, at: Temporal.Instant.from(each.at) })),
});
