import { type Clock, type Database, log } from '#libs/platform';
import { segmentsOf } from '../rules/segments.js';
import { DeliveryFailure } from '../transports/outgoing-letter.js';
import type { OutgoingText, TextTransport } from '../transports/text-transport.js';
import type { SmsSentState } from './sms-sent.entity.js';

/** So many messages one after another did not even reach the gateway: it is left alone for a while (faults.md C11). */
const failuresToRest = 5;
const restSeconds = 30;

/** A message that is about to leave. */
interface Begun {
  isNew: boolean;
  state: SmsSentState;
  providerId: string | null;
  /** How often it left before staff asked for it anew. */
  former: number;
}

/**
 * Hands a message to the gateway at most once: its row is written before, so that a process that dies in between, or an
 * answer that never came, does not send it again. Somebody who gets two messages calls the clinic; who gets none stands on
 * the staff's list.
 */
export class OnceTransport implements TextTransport {
  private failures = 0;
  private restsUntil: Temporal.Instant | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly gateway: TextTransport,
    /** The gateway itself sends a message once, however often it is handed over. */
    private readonly isRepeatable: boolean,
  ) {}

  /** @throws DeliveryFailure `answer-lost` where it may have left before */
  async send(text: OutgoingText): Promise<{ providerId: string | null }> {
    const now = this.clock.now();
    if (this.restsUntil && Temporal.Instant.compare(now, this.restsUntil) < 0) {
      throw new DeliveryFailure('server-unreachable', false);
    }
    const begun = await this.begin(text, now);
    if (!begun.isNew) {
      if (begun.state === 'taken') return { providerId: begun.providerId };
      if (!this.isRepeatable) throw new DeliveryFailure('answer-lost', true);
    }
    try {
      const taken = await this.gateway.send({
        ...text,
        ...(begun.former > 0 && { name: `${text.id}.${begun.former}` }),
      });
      this.failures = 0;
      await this.end(text.id, 'taken', taken.providerId);
      return taken;
    } catch (thrown) {
      const failure = thrown instanceof DeliveryFailure ? thrown : undefined;
      const isLost = failure === undefined || failure.reason === 'answer-lost';
      await this.end(text.id, isLost ? 'lost' : 'refused', null);
      this.noteFailure(failure, now);
      if (isLost && this.isRepeatable) throw new DeliveryFailure('server-unreachable', false);
      if (failure === undefined) throw new DeliveryFailure('answer-lost', true);
      throw thrown;
    }
  }

  close(): Promise<void> {
    return this.gateway.close();
  }

  /** Writes that it is about to leave. @returns what is known of it; not new: it has left, or may have, before */
  private begin(text: OutgoingText, now: Temporal.Instant): Promise<Begun> {
    return this.database.transaction(async (tx) => {
      const rows = await tx.query(
        `insert into sms_sent (id, clinic_id, notice_id, incoming_text_id, segments, state, at)
         select $1, coalesce(n.clinic_id, i.clinic_id), n.id, i.id, $2, 'leaving', $3
           from (select $1::uuid as id) m left join notice n on n.id = m.id left join incoming_text i on i.id = m.id
         on conflict on constraint sms_sent_pkey
         do update set state = 'leaving', segments = excluded.segments, at = excluded.at where sms_sent.state = 'refused'
         returning id`,
        [text.id, Math.min(20, segmentsOf(text.body).segments), now.toString()],
      );
      const [known] = await tx.query<Omit<Begun, 'isNew'>>(
        `select state, provider_id as "providerId",
                (select count(*)::integer from sms_sent o where o.notice_id = s.notice_id and o.id <> s.id) as former
           from sms_sent s where id = $1`,
        [text.id],
      );
      if (!known) throw new Error('the message was not begun');
      return { ...known, isNew: rows.length > 0 };
    });
  }

  private async end(id: string, state: SmsSentState, providerId: string | null): Promise<void> {
    await this.database.transaction((tx) =>
      tx.query(`update sms_sent set state = $2, provider_id = $3 where id = $1`, [id, state, providerId]),
    );
  }

  private noteFailure(failure: DeliveryFailure | undefined, now: Temporal.Instant): void {
    if (failure?.reason !== 'server-unreachable' && failure?.reason !== 'answer-lost') return;
    this.failures++;
    if (this.failures < failuresToRest) return;
    this.failures = 0;
    this.restsUntil = now.add({ seconds: restSeconds });
    log.warn({ event: 'sms.gateway-rests' });
  }
}
