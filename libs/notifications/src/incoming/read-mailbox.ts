import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { ImapFlow } from 'imapflow';
import { describeError, environment, log, Turns } from '#libs/platform';
import { largestLetter, TakeIncomingMail } from './take-incoming-mail.js';

/** One look takes no longer, whatever the server does (faults.md C2), in milliseconds. */
const longestLook = 60_000;

/** How many letters one look takes. */
const mostAtOnce = 200;

/**
 * Reads the mailbox of the letters' address over IMAP. What is unread is taken and only then marked as read, so that a
 * letter is lost neither when the server goes away nor when this process does. A server that is down is asked again at the
 * next look.
 */
@Injectable()
export class ReadMailbox implements BeforeApplicationShutdown {
  private underWay: Promise<void> | undefined;
  private client: ImapFlow | undefined;

  constructor(
    private readonly take: TakeIncomingMail,
    private readonly turns: Turns,
  ) {}

  /** Begins a look beside whatever else the worker does, unless one is under way or there is no mailbox. */
  begin(): void {
    if (environment().imapUrl === undefined || this.underWay) return;
    this.underWay = this.run()
      .catch((thrown: unknown) => log.warn({ event: 'mailbox.unreachable', ...describeError(thrown) }))
      .then(() => {
        this.underWay = undefined;
      });
  }

  /**
   * Takes what is unread; one worker at a time.
   * @returns how many letters were taken
   * @throws Error when the server cannot be reached, does not let us in, or takes too long
   */
  async run(): Promise<number> {
    const { imapUrl } = environment();
    if (imapUrl === undefined) return 0;
    const turn = await this.turns.take('mailbox', 0, () => this.look(new URL(imapUrl)));
    return turn.isTaken ? turn.result : 0;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.client?.close();
    await this.underWay;
  }

  private async look(url: URL): Promise<number> {
    // Loaded by the one process that reads mail, and only where there is a mailbox: it takes 18 MB.
    const imap = await import('imapflow');
    const client = new imap.ImapFlow(settingsOf(url));
    this.client = client;
    // Whatever happens to the connection is thrown by the call that waits for it.
    client.on('error', () => undefined);
    const timer = setTimeout(() => client.close(), longestLook);
    try {
      await client.connect();
      const lock = await client.getMailboxLock(decodeURIComponent(url.pathname.slice(1)) || 'INBOX');
      try {
        return await this.takeUnread(client);
      } finally {
        lock.release();
        await client.logout();
      }
    } finally {
      clearTimeout(timer);
      client.close();
      this.client = undefined;
    }
  }

  private async takeUnread(client: ImapFlow): Promise<number> {
    const unread = (await client.search({ seen: false }, { uid: true })) || [];
    let taken = 0;
    for (const uid of unread.slice(0, mostAtOnce)) {
      const letter = await client.fetchOne(uid, { source: { start: 0, maxLength: largestLetter } }, { uid: true });
      if (!letter || !letter.source) continue;
      try {
        await this.take.run(letter.source);
      } catch (thrown) {
        // It stays unread for the next look, and does not keep the others waiting.
        log.error({ event: 'mail.not-taken', ...describeError(thrown) });
        continue;
      }
      await client.messageFlagsAdd(uid, ['\\Seen'], { uid: true });
      taken += 1;
    }
    return taken;
  }
}

/** Encrypted from the first byte unless the server is on this machine, which the environment has checked. */
function settingsOf(url: URL): ConstructorParameters<typeof ImapFlow>[0] {
  const isSecure = url.protocol === 'imaps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (isSecure ? 993 : 143),
    secure: isSecure,
    doSTARTTLS: false,
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    maxLiteralSize: 2 * largestLetter,
  };
}
