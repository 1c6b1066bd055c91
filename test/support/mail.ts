import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { freePort } from './free-port.js';

/** A letter as it arrived: the envelope, the source and what a mail program would make of it. */
export interface CaughtLetter {
  to: string[];
  from: string;
  raw: string;
  parsed: Email;
}

export interface SmtpCatcher {
  url: string;
  letters: CaughtLetter[];
  /** The first letter to an address that a test says yes to; waits up to 30 s for it. */
  waitFor(to: string, test?: (letter: CaughtLetter) => boolean): Promise<CaughtLetter>;
  /** While true, every letter is answered 451, as a busy server would. */
  refuse: boolean;
  /** Says, when a letter comes to an address, with which code the server refuses it, or that it hangs up in mid-letter. */
  trouble?: (to: string) => Promise<number | 'hangs-up' | undefined>;
  /** Done with each letter after it was kept and before the server says 250. */
  beforeAnswer?: (letter: CaughtLetter) => Promise<void>;
  stop(): Promise<void>;
}

/** A real SMTP server, on a free port unless one is given, that keeps every letter. */
export async function smtpCatcher({ port }: { port?: number } = {}): Promise<SmtpCatcher> {
  const letters: CaughtLetter[] = [];
  const hangsUpOn = new Set<string>();
  const connections = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 200,
    onRcptTo({ address }, { id }, done) {
      const answer = async (): Promise<void> => {
        const trouble = await catcher.trouble?.(address);
        if (trouble === 'hangs-up') hangsUpOn.add(id);
        else if (trouble) throw Object.assign(new Error('no'), { responseCode: trouble });
      };
      answer().then(() => done(), done);
    },
    onData(stream, session, done) {
      if (hangsUpOn.delete(session.id)) {
        stream.resume();
        for (const each of connections) if (each.remotePort === session.remotePort) each.destroy();
        return;
      }
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (catcher.refuse) return done(Object.assign(new Error('busy'), { responseCode: 451 }));
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        const keep = async (): Promise<void> => {
          const letter = {
            to: rcptTo.map((each) => each.address),
            from: mailFrom ? mailFrom.address : '',
            raw: raw.toString('utf8'),
            parsed: await PostalMime.parse(raw),
          };
          letters.push(letter);
          await catcher.beforeAnswer?.(letter);
        };
        keep().then(() => done(), done);
      });
    },
  });
  server.server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  // Not one of the system's choice: whoever stops it and starts it again on the same port must find that free.
  const wanted = port ?? (await freePort());
  await new Promise<void>((ready) => server.listen(wanted, '127.0.0.1', ready));
  const catcher: SmtpCatcher = {
    url: `smtp://127.0.0.1:${wanted}`,
    letters,
    refuse: false,
    async waitFor(to, test = () => true) {
      for (let waited = 0; waited < 30_000; waited += 50) {
        const found = letters.find((letter) => letter.to.includes(to) && test(letter));
        if (found) return found;
        await sleep(50);
      }
      const seen = letters.map((letter) => `${letter.to.join()}: ${letter.parsed.subject}`).join('\n');
      throw new Error(`No such letter to ${to} within 30 s. Arrived:\n${seen}`);
    },
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  };
  return catcher;
}
