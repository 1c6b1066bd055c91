import type { Tx } from '#libs/platform';
import { type RemindedByText, visitAnswered } from './reminded-visits.js';

/** A visit whose clinic offers other times, as a short message to this number told. */
export interface OfferedByText {
  visit: RemindedByText;
  /** Every time that was offered, numbered from one as the message numbers them; some may be held no more. */
  offerIds: string[];
}

/**
 * The visits that wait for their patient's choice and whose times were told to this number.
 * @param index the fingerprint of the number that notices have
 */
export async function offeredByText(
  reader: Pick<Tx, 'query'>,
  { phone, index, now }: { phone: string; index: Buffer; now: Temporal.Instant },
): Promise<OfferedByText[]> {
  const rows = await reader.query<{ id: string; offerIds: string[] }>(
    `select a.id, array(select o.id from offer o where o.affected_visit_id = f.id order by o.starts_at, o.id) as "offerIds"
       from notice n
       join affected_visit f on f.event_id = n.event_id and f.state = 'offered' and f.answer_by > $3
       join appointment a on a.id = f.appointment_id and a.contact_phone = $2 and a.starts_at > $3
      where n.channel = 'sms' and n.address_index = $1 and n.state = 'sent'
        and n.created_at > $3::timestamptz - interval '60 days'
      order by a.id limit 10`,
    [index, phone, now.toString()],
  );
  const found = await Promise.all(
    rows.map(async ({ id, offerIds }) => ({ visit: await visitAnswered(reader, id), offerIds })),
  );
  return found.flatMap(({ visit, offerIds }) => (visit ? [{ visit, offerIds }] : []));
}
