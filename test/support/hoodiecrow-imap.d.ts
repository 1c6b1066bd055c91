/** What the tests use of an IMAP server; it has no types of its own. */
declare module 'hoodiecrow-imap' {
  interface ImapServer {
    server: import('node:net').Server;
    getMailbox(path: string): { messages: { flags: string[]; raw: string }[] };
    appendMessage(path: string, flags: string[], date: string | undefined, raw: string): void;
  }
  export default function (options: { storage?: object; plugins?: string[] }): ImapServer;
}
