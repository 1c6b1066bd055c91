import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { LetterStore } from './letter-store.js';

const largest = 20 * 1024 * 1024;

/** Takes every letter that the apps send, as any mail server would, and keeps it. */
export function mailboxSmtp(letters: LetterStore): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: largest,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(Object.assign(new Error('Too large'), { responseCode: 552 }));
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map((each) => each.address).join(', ');
        keep(letters, Buffer.concat(chunks), to, mailFrom ? mailFrom.address : '').then(() => done(), done);
      });
    },
  });
  server.on('error', (error) => console.error('mailbox, SMTP:', error.message));
  return server;
}

async function keep(letters: LetterStore, source: Buffer, to: string, envelopeFrom: string): Promise<void> {
  const { from, subject } = await PostalMime.parse(source);
  const sender = from?.address ? (from.name ? `${from.name} <${from.address}>` : from.address) : envelopeFrom;
  await letters.add({ to, from: sender, subject: subject ?? '', kind: 'mail' }, source);
}
