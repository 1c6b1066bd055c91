import type { Database } from '#libs/platform';

/**
 * The Message-IDs of the letters about an appointment that left before a step's, oldest first: the first one, by which
 * mail programs hold the conversation together, and the last nine.
 */
export async function lettersBefore(database: Database, eventId: string): Promise<string[]> {
  const rows = await database.read<{ messageId: string }>(
    `select n.message_id as "messageId"
       from appointment_event told
       join notice n on n.appointment_id = told.appointment_id and n.channel = 'mail' and n.state = 'sent'
       join appointment_event e on e.id = n.event_id and e.version < told.version
      where told.id = $1 and n.message_id is not null
      order by e.version`,
    [eventId],
  );
  const all = rows.map(({ messageId }) => messageId);
  return [...all.slice(0, 1), ...all.slice(1).slice(-9)];
}
