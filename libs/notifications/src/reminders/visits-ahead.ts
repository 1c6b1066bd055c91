import type { Tx } from '#libs/platform';
import { isProven } from '../queries/is-proven.js';
import type { VisitAhead } from '../rules/reminder-times.js';

type Channel = 'mail' | 'sms';

/** A booked visit that somebody may have to be reminded of. */
export interface VisitToRemind extends Omit<VisitAhead, 'setAt'> {
  id: string;
  clinicId: string;
  /** The e-mail address or telephone number that the visit has at this moment. */
  contact: string;
}

interface Row extends Omit<VisitToRemind, 'start' | 'createdAt'> {
  starts: Date;
  created: Date;
}

const columns = (contact: string): string =>
  `a.id, a.clinic_id as "clinicId", a.starts_at as starts, a.zone, a.created_at as created, ${contact} as contact`;

/** A visit that staff still decide about, because its opening was withdrawn, is not reminded of. */
const isAhead = `a.status = 'booked' and (a.orphaned_at is null or a.orphan_kept_at is not null)`;

const contacts = {
  mail: { column: 'a.contact_email', wish: 'a.mail_reminders', reached: isProven },
  sms: { column: 'a.contact_phone', wish: 'a.wishes_sms', reached: 'true' },
} as const;

/** How many reminders a clinic sends by a channel, and how many hours before a visit one of them can leave at most. */
export interface Reach {
  n: number;
  hours: number;
}

/** The last visit of a day starts so many hours after its first at most, also on the day that has one more. */
const longestDay = 25;

/**
 * Visits near enough to be reminded of that have not had as many reminders by this channel as their clinic sends, and the
 * others of the same person and day, which are told together. One range of an index: the minute's round asks it.
 * @param own of the clinics that do not have the `usual` one
 */
export async function visitsAhead(
  reader: Pick<Tx, 'query'>,
  channel: Channel,
  { now, usual, own }: { now: Temporal.Instant; usual: Reach; own: ReadonlyMap<string, Reach> },
): Promise<VisitToRemind[]> {
  const { column, wish, reached } = contacts[channel];
  const farthest = Math.max(usual.hours, ...[...own.values()].map(({ hours }) => hours));
  const rows = await reader.query<Row>(
    `with ahead as (
       select ${columns(column)}, coalesce($1::timestamptz + make_interval(hours => l.hours), $8) as "nearUntil"
         from appointment a
         left join unnest($4::uuid[], $5::integer[], $6::integer[]) as l(clinic_id, n, hours) on l.clinic_id = a.clinic_id
        where ${isAhead} and ${wish} and ${column} is not null
          and a.starts_at > $1 and a.starts_at < $2
          and a.starts_at < coalesce($1::timestamptz + make_interval(hours => l.hours), $8) + interval '${longestDay} hours'
          and (select count(*) from reminder_visit v
                where v.appointment_id = a.id and v.starts_at = a.starts_at and v.channel = $3 and v.rule <> 'queue')
              < coalesce(l.n, $7)
          and ${reached})
     select id, "clinicId", starts, zone, created, contact from (
       select *, bool_or(starts <= "nearUntil")
                   over (partition by "clinicId", lower(contact), (starts at time zone zone)::date) as "isNear"
         from ahead) each
      where "isNear"
      order by starts, id`,
    [
      now.toString(),
      now.add({ hours: farthest + longestDay }).toString(),
      channel,
      [...own.keys()],
      [...own.values()].map(({ n }) => n),
      [...own.values()].map(({ hours }) => hours),
      usual.n,
      now.add({ hours: usual.hours }).toString(),
    ],
  );
  return rows.map(visitOf);
}

/**
 * Visits of the next month that were booked long before; those without an address have their telephone number.
 * @param days how long before, at least
 */
export async function visitsOfQueues(
  reader: Pick<Tx, 'query'>,
  { now, days }: { now: Temporal.Instant; days: number },
): Promise<(VisitToRemind & { channel: Channel })[]> {
  const rows = await reader.query<Row & { channel: Channel }>(
    `select ${columns('coalesce(a.contact_email, a.contact_phone)')},
            case when a.contact_email is null then 'sms' else 'mail' end as channel
       from appointment a
      where ${isAhead} and coalesce(a.contact_email, a.contact_phone) is not null
        -- The index has those of 27 days and more.
        and a.starts_at - a.created_at > interval '27 days' and a.starts_at - a.created_at > make_interval(days => $3)
        and a.starts_at > $1 and a.starts_at < $2
        and not exists (select from reminder_visit v
                         where v.appointment_id = a.id and v.starts_at = a.starts_at and v.rule = 'queue')
      order by a.starts_at, a.id`,
    [now.toString(), now.add({ hours: 32 * 24 }).toString(), days],
  );
  return rows.map((row) => ({ ...visitOf(row), channel: row.channel }));
}

/** What is asked of the few visits that may be due. */
export interface ToldBefore {
  /** When its time was set last: booked, confirmed or moved. Whoever was brought in from elsewhere was told there. */
  setAt: Temporal.Instant | null;
  /** The rules by which its start was reminded of already, by this channel. */
  done: string[];
}

/** What the patients of some visits were told of their times, by visit. */
export async function toldBefore(
  reader: Pick<Tx, 'query'>,
  channel: Channel,
  ids: readonly string[],
): Promise<Map<string, ToldBefore>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.query<{ id: string; set: Date | null; done: string[] }>(
    `select a.id,
            (select max(e.at) from appointment_event e
              where e.appointment_id = a.id and e.kind in ('booked', 'confirmed', 'moved', 'reinstated')
                and not (e.version = 1 and a.origin = 'import')) as set,
            array(select v.rule from reminder_visit v
                   where v.appointment_id = a.id and v.starts_at = a.starts_at and v.channel = $2) as done
       from appointment a
      where a.id = any($1::uuid[])`,
    [ids, channel],
  );
  return new Map(rows.map(({ id, set, done }) => [id, { setAt: set?.toTemporalInstant() ?? null, done }]));
}

const visitOf = ({ starts, created, id, clinicId, zone, contact }: Row): VisitToRemind => ({
  id,
  clinicId,
  zone,
  contact,
  start: starts.toTemporalInstant(),
  createdAt: created.toTemporalInstant(),
});
