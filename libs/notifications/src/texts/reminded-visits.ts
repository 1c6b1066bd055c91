import type { Language, Tx } from '#libs/platform';

/** A coming visit that a short message to this number reminded of, and that stands as it was reminded of. */
export interface RemindedByText {
  id: string;
  clinicId: string;
  /** Null where the visit was looked up by itself. */
  reminderId: string | null;
  reference: string;
  version: number;
  start: Temporal.Instant;
  timeZone: string;
  language: Language;
}

/**
 * The visits that an answer from this number can be about: reminded of by short message, still booked for the start that was
 * told, ahead, and with this number as their contact. Where a later message said something else of the visit, such as that
 * the clinic offers other times, nobody knows which of the two a "no" answers: such a visit is not among them.
 * @param index the fingerprint of the number that notices have
 */
export async function remindedByText(
  reader: Pick<Tx, 'query'>,
  { phone, index, now }: { phone: string; index: Buffer; now: Temporal.Instant },
): Promise<RemindedByText[]> {
  const rows = await reader.query<Omit<RemindedByText, 'start'> & { starts: Date }>(
    `select distinct on (a.id) a.id, a.clinic_id as "clinicId", v.reminder_id as "reminderId", a.reference, a.version,
            a.starts_at as starts, a.zone as "timeZone", a.language
       from notice n
       join reminder_visit v on v.reminder_id = n.reminder_id
       join appointment a on a.id = v.appointment_id and a.starts_at = v.starts_at
      where n.channel = 'sms' and n.address_index = $1 and n.created_at > $3::timestamptz - interval '60 days'
        and n.state = 'sent' and a.status = 'booked' and a.starts_at > $3 and a.contact_phone = $2
        and not exists (select 1 from notice later where later.appointment_id = a.id and later.channel = 'sms'
                          and later.address_index = $1 and later.state in ('queued', 'sent')
                          and later.created_at > n.created_at)
      order by a.id, n.created_at desc`,
    [index, phone, now.toString()],
  );
  return rows.map(({ starts, ...visit }) => ({ ...visit, start: starts.toTemporalInstant() }));
}

/** Whom somebody most likely answers: the clinic of the newest message to this number, and its visit and language. */
export interface LastTexted {
  clinicId: string;
  appointmentId: string | null;
  language: Language;
}

export async function lastTexted(
  reader: Pick<Tx, 'query'>,
  { index, sentTo, now }: { index: Buffer; sentTo: string | null; now: Temporal.Instant },
): Promise<LastTexted | undefined> {
  const [row] = await reader.query<LastTexted>(
    `select n.clinic_id as "clinicId",
            coalesce(n.appointment_id, (select v.appointment_id from reminder_visit v where v.reminder_id = n.reminder_id
                                         order by v.starts_at limit 1)) as "appointmentId", n.language
       from notice n
      where n.channel = 'sms' and n.address_index = $1 and n.created_at > $2::timestamptz - interval '60 days'
        and n.clinic_id is not null and n.state in ('sent', 'failed')
      order by n.created_at desc limit 1`,
    [index, now.toString()],
  );
  if (row || sentTo === null) return row;
  // A number that only one clinic sends from says whose it is, although nothing went there.
  const clinics = await reader.query<LastTexted>(
    `select s.clinic_id as "clinicId", null as "appointmentId", case k.country when 'EE' then 'et' else 'lv' end as language
       from sms_setting s join clinic k on k.id = s.clinic_id where ltrim(s.sender, '+') = ltrim($1, '+') limit 2`,
    [sentTo],
  );
  return clinics.length === 1 ? clinics[0] : undefined;
}

/** The visit that an answer was about, as it is now. */
export async function visitAnswered(
  reader: Pick<Tx, 'query'>,
  appointmentId: string,
): Promise<RemindedByText | undefined> {
  const [row] = await reader.query<Omit<RemindedByText, 'start'> & { starts: Date }>(
    `select id, clinic_id as "clinicId", null as "reminderId", reference, version, starts_at as starts, zone as "timeZone", language
       from appointment where id = $1`,
    [appointmentId],
  );
  if (!row) return undefined;
  const { starts, ...visit } = row;
  return { ...visit, start: starts.toTemporalInstant() };
}
