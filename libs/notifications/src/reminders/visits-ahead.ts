import type { Tx } from '#libs/platform';
import type { VisitAhead } from '../rules/reminder-times.js';

/** A booked visit that somebody may have to be reminded of. */
export interface VisitToRemind extends VisitAhead {
  id: string;
  clinicId: string;
  /** The e-mail address or telephone number that the visit has at this moment. */
  contact: string;
  /** The rules by which this start was reminded of already, by this channel. */
  done: string[];
}

interface Row extends Omit<VisitToRemind, 'start' | 'setAt' | 'createdAt'> {
  starts: Date;
  set: Date | null;
  created: Date;
}

/**
 * What every question about visits to come has in common. A visit that staff still decide about, because its opening was
 * withdrawn, is not reminded of. Whoever was brought in from elsewhere was told there.
 */
const columns = (contact: string): string => `
  a.id, a.clinic_id as "clinicId", a.starts_at as starts, a.zone, a.created_at as created, ${contact} as contact,
  (select max(e.at) from appointment_event e
    where e.appointment_id = a.id and e.kind in ('booked', 'confirmed', 'moved', 'reinstated')
      and not (e.version = 1 and a.origin = 'import')) as set`;
const isAhead = `a.status = 'booked' and (a.orphaned_at is null or a.orphan_kept_at is not null)`;

const contacts = {
  mail: { column: 'a.contact_email', wish: 'a.mail_reminders' },
  sms: { column: 'a.contact_phone', wish: 'a.wishes_sms' },
} as const;

/**
 * Visits of the next days that have not had as many reminders by this channel as their clinic sends. One range of an index:
 * the minute's round asks it.
 * @param limits how many offsets the clinics have that do not have `usual` many
 */
export async function visitsAhead(
  reader: Pick<Tx, 'query'>,
  channel: 'mail' | 'sms',
  {
    now,
    days,
    usual,
    limits,
  }: { now: Temporal.Instant; days: number; usual: number; limits: ReadonlyMap<string, number> },
): Promise<VisitToRemind[]> {
  const { column, wish } = contacts[channel];
  const rows = await reader.query<Row>(
    `select ${columns(column)}, d.done
       from appointment a
       left join unnest($4::uuid[], $5::integer[]) as l(clinic_id, n) on l.clinic_id = a.clinic_id
      cross join lateral (
        select array(select v.rule from reminder_visit v
                      where v.appointment_id = a.id and v.starts_at = a.starts_at and v.channel = $3
                        and v.rule <> 'queue') as done) d
      where ${isAhead} and ${wish} and ${column} is not null
        and a.starts_at > $1 and a.starts_at < $2
        and cardinality(d.done) < coalesce(l.n, $6)
      order by a.starts_at, a.id`,
    [
      now.toString(),
      now.add({ hours: days * 24 }).toString(),
      channel,
      [...limits.keys()],
      [...limits.values()],
      usual,
    ],
  );
  return rows.map(visitOf);
}

/** Visits of the next month that were booked long before; those without an address have their telephone number. */
export async function visitsOfQueues(
  reader: Pick<Tx, 'query'>,
  { now }: { now: Temporal.Instant },
): Promise<(VisitToRemind & { channel: 'mail' | 'sms' })[]> {
  const rows = await reader.query<Row & { channel: 'mail' | 'sms' }>(
    `select ${columns('coalesce(a.contact_email, a.contact_phone)')},
            case when a.contact_email is null then 'sms' else 'mail' end as channel, '{}'::text[] as done
       from appointment a
      where ${isAhead} and coalesce(a.contact_email, a.contact_phone) is not null
        and a.starts_at - a.created_at > interval '27 days'
        and a.starts_at > $1 and a.starts_at < $2
        and not exists (select from reminder_visit v
                         where v.appointment_id = a.id and v.starts_at = a.starts_at and v.rule = 'queue')
      order by a.starts_at, a.id`,
    [now.toString(), now.add({ hours: 32 * 24 }).toString()],
  );
  return rows.map((row) => ({ ...visitOf(row), channel: row.channel }));
}

const visitOf = ({ starts, set, created, id, clinicId, zone, contact, done }: Row): VisitToRemind => ({
  id,
  clinicId,
  zone,
  contact,
  done,
  start: starts.toTemporalInstant(),
  setAt: set?.toTemporalInstant() ?? null,
  createdAt: created.toTemporalInstant(),
});
