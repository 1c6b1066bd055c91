// The local mailbox: where letters and messages go when no mail server is set. For development and the demo only.
import { join } from 'node:path';
import { listenLocally } from '../listen-locally.js';
import { LetterStore } from './letter-store.js';
import { mailboxSmtp } from './smtp.js';
import { mailboxListener } from './web-server.js';

const variables = process.env;
if (variables['NODE_ENV'] === 'production') {
  console.error(
    'The local mailbox shows letters to anybody on this machine, so it does not run in production; set SMTP_URL.',
  );
  process.exit(1);
}

const offset = Number(variables['CLOCK_OFFSET_MS'] ?? 0);
const letters = await LetterStore.open({
  folder: variables['DATA_DIR'] ? join(variables['DATA_DIR'], 'mailbox') : undefined,
  limit: 2000,
  now: () => Temporal.Now.instant().add({ milliseconds: offset }),
});

const port = Number(variables['MAILBOX_PORT'] ?? 3002);
const smtp = mailboxSmtp(letters);
smtp.listen(Number(variables['MAILBOX_SMTP_PORT'] ?? 0), '127.0.0.1');

const stopServing = await listenLocally(mailboxListener(letters), port);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopServing();
    smtp.close(() => process.exit(0));
  });
}
