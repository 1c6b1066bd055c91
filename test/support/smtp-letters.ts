import type { AddressInfo, Server } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { DeliveryFailure, type OutgoingLetter } from '#libs/notifications';

export const from = { name: 'Pieraksts', address: 'no-reply@book.example' };

export const ics = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Vizīte\r\nEND:VCALENDAR\r\n';

/** A letter with an invitation, as the worker hands it over. */
export const letter = (more: Partial<OutgoingLetter> = {}): OutgoingLetter => ({
  to: 'ilze@patient.example',
  language: 'lv',
  subject: 'Jūsu pieraksts: 2026. gada 1. decembris',
  text: 'Jūsu pieraksts ir veikts\n',
  html: '<p>Jūsu pieraksts ir veikts</p>',
  messageId: '<0123abcd@book.example>',
  invitation: { method: 'REQUEST', content: ics },
  ...more,
});

/** What a test has to stop when it is over. */
export const stops: (() => unknown)[] = [];

/** After each test: stops what it started, the last first. */
export async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
}

/** @returns the server's address, as SMTP_URL has it */
export const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  stops.push(() => server.close());
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

interface Caught {
  to: string[];
  raw: string;
}

/** A mail server that keeps what it takes; `options` make it refuse. */
export const smtpServer = async (options: SMTPServerOptions = {}): Promise<{ url: string; caught: Caught[] }> => {
  const caught: Caught[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        caught.push({ to: session.envelope.rcptTo.map((each) => each.address), raw: Buffer.concat(chunks).toString() });
        done();
      });
    },
    ...options,
  });
  return { url: await listen(server.server), caught };
};

/** A transport that is closed with the test. */
export function untilTheEnd<Transport extends { close(): unknown }>(transport: Transport): Transport {
  stops.push(() => transport.close());
  return transport;
}

/** Why a letter did not leave. @throws Error when it did */
export const failureOfSending = async (
  smtp: { send(sent: OutgoingLetter): Promise<unknown> },
  sent: OutgoingLetter = letter(),
): Promise<DeliveryFailure> => {
  const thrown = await smtp.send(sent).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof DeliveryFailure)) throw new Error(`not a delivery failure: ${String(thrown)}`);
  return thrown;
};
