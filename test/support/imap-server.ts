import type { Socket } from 'node:net';
import hoodiecrow from 'hoodiecrow-imap';
import { freePort } from './free-port.js';

export interface ImapMailbox {
  /** With user and password. */
  url: string;
  /** Puts an unread letter into the mailbox. */
  arrives(raw: string): void;
  /** How many letters are still unread. */
  unread(): number;
  stop(): Promise<void>;
}

/** A real IMAP server with one mailbox, on a free port unless one is given. */
export async function imapMailbox({ port: wanted }: { port?: number } = {}): Promise<ImapMailbox> {
  const imap = hoodiecrow({ storage: { INBOX: { messages: [] } } });
  const open = new Set<Socket>();
  imap.server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  const port = wanted ?? (await freePort());
  await new Promise<void>((ready) => imap.server.listen(port, '127.0.0.1', ready));
  return {
    url: `imap://testuser:testpass@127.0.0.1:${port}`,
    arrives: (raw) =>
      // It keeps letters as a string of bytes.
      imap.appendMessage('INBOX', [], undefined, Buffer.from(raw.replaceAll(/\r?\n/g, '\r\n')).toString('latin1')),
    unread: () => imap.getMailbox('INBOX').messages.filter(({ flags }) => !flags.includes('\\Seen')).length,
    stop: () =>
      new Promise((stopped) => {
        imap.server.close(() => stopped());
        for (const socket of open) socket.destroy();
      }),
  };
}
