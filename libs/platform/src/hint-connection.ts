import { Client } from 'pg';
import { log } from './log.js';
import { type Hint, hintOf } from './rules/hint-payload.js';

/** From a quarter of a second, doubled each time, to this. */
const longestWaitMilliseconds = 5_000;

/** A connection that nothing comes from may be dead without anyone having said so: it is asked this often. */
const pulseMilliseconds = 15_000;
const pulseTimeout = 5_000;

/**
 * One connection of its own that listens, past any pooler, which could not keep it. It comes back by itself, and says
 * `all` whenever it begins to listen: what was said before, nobody knows.
 */
export class HintConnection {
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  private isClosed = false;

  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly heard: (hint: Hint) => void,
  ) {
    void this.connect();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      application_name: 'pieraksts-hints',
      connectionTimeoutMillis: 3_000,
      query_timeout: pulseTimeout,
      keepAlive: true,
    });
    this.client = client;
    const lose = (): void => this.lose(client);
    client.on('error', lose);
    client.on('end', lose);
    client.on('notification', ({ payload }) => this.heard(hintOf(payload)));
    try {
      await client.connect();
      await client.query(`listen ${this.channel}`);
    } catch {
      return lose();
    }
    if (this.client !== client) return;
    if (this.failures > 0) log.info({ event: 'hints-heard-again', attempt: this.failures });
    this.failures = 0;
    this.heard('all');
    this.pulse(client);
  }

  private pulse(client: Client): void {
    this.timer = setTimeout(() => {
      client.query('select 1').then(
        () => this.client === client && this.pulse(client),
        () => this.lose(client),
      );
    }, pulseMilliseconds);
  }

  private lose(client: Client): void {
    if (this.isClosed || this.client !== client) return;
    this.client = undefined;
    clearTimeout(this.timer);
    void client.end().catch(() => undefined);
    if (this.failures === 0) log.warn({ event: 'hints-lost' });
    const wait = Math.min(250 * 2 ** this.failures, longestWaitMilliseconds) * (0.75 + Math.random() / 2);
    this.failures += 1;
    this.timer = setTimeout(() => void this.connect(), wait);
  }
}
