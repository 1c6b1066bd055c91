import { Inject, Injectable } from '@nestjs/common';
import { normalisePhone } from '#libs/people';
import { CLOCK, type Clock, Database, environment, Jobs, seal } from '#libs/platform';
import { meaningOf } from '../rules/incoming-words.js';
import { sentTo } from '../suppressed-addresses.js';
import { memberAt } from './gateway/member-at.js';

/** Nobody who wants to tell something sends more than this within a day; a machine that answers machines does. */
const mostADay = 20;

/** The beginning of a text, never half a letter. */
const beginning = (text: string, longest: number): string => text.slice(0, longest).toWellFormed();

/** Keeps what somebody answered to a short message, for the worker to read. */
@Injectable()
export class TakeIncomingText {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Safe to repeat: what the gateway names the same is kept once. What comes from no telephone is not kept, nor what has not
   * all that the settings of the gateway name.
   * @param fields as the gateway handed them on
   */
  async run(fields: unknown): Promise<void> {
    const names = environment().smsGateway?.incoming;
    if (!names) return;
    const [providerId, from, text] = [names.id, names.from, names.text].map((name) => memberAt(fields, name));
    if (providerId === undefined || from === undefined || text === undefined) return;
    const to = names.to === undefined ? null : (memberAt(fields, names.to) ?? null);
    const phone = normalisePhone(/^\d{9,15}$/.test(from) ? `+${from}` : from);
    if (phone === null) return;
    const now = this.clock.now();
    const { index } = sentTo('sms', phone);
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ id: string }>(
        `insert into incoming_text (provider_id, phone_index, phone_sealed, sent_to, text_sealed, meaning, received_at)
         select $1, $2, $3, $4, $5, $6, $7
          where (select count(*) from incoming_text where phone_index = $2 and received_at > $7::timestamptz - interval '1 day') < $8
         on conflict on constraint incoming_text_once do nothing
         returning id`,
        [
          beginning(providerId, 200),
          index,
          seal(phone),
          to && beginning(to, 30),
          seal(text.slice(0, 1600)),
          meaningOf(text),
          now.toString(),
          mostADay,
        ],
      );
      if (row) await this.jobs.send(tx, 'text-came', { incomingTextId: row.id });
    });
  }
}
