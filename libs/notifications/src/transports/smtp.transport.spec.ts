import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { dkimVerify } from 'mailauth';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { DeliveryFailure, type OutgoingLetter } from './outgoing-letter.js';
import { failureOf, smtpOptions, SmtpTransport } from './smtp.transport.js';

const from = { name: 'Pieraksts', address: 'no-reply@book.example' };

const ics = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Vizīte\r\nEND:VCALENDAR\r\n';

const letter = (more: Partial<OutgoingLetter> = {}): OutgoingLetter => ({
  to: 'ilze@patient.example',
  language: 'lv',
  subject: 'Jūsu pieraksts: 2026. gada 1. decembris',
  text: 'Jūsu pieraksts ir veikts\n',
  html: '<p>Jūsu pieraksts ir veikts</p>',
  messageId: '<0123abcd@book.example>',
  invitation: { method: 'REQUEST', content: ics },
  ...more,
});

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  stops.push(() => server.close());
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

interface Caught {
  to: string[];
  raw: string;
}

const smtpServer = async (options: SMTPServerOptions = {}): Promise<{ url: string; caught: Caught[] }> => {
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

const transport = (url: string, more: { timeoutMilliseconds?: number; dkimKey?: string } = {}): SmtpTransport => {
  const smtp = new SmtpTransport({ url, from, ...more });
  stops.push(() => smtp.close());
  return smtp;
};

const failureOfSending = async (smtp: SmtpTransport, sent: OutgoingLetter = letter()): Promise<DeliveryFailure> => {
  const thrown = await smtp.send(sent).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof DeliveryFailure)) throw new Error(`not a delivery failure: ${String(thrown)}`);
  return thrown;
};

/** The parts of a message, in order: content type, disposition and transfer encoding as they stand in its source. */
const partsOf = (raw: string): string[] =>
  [...raw.replaceAll(/\r\n[ \t]+/g, ' ').matchAll(/^content-type: ([^\r]+)/gim)].map((match) =>
    match[1]!.replace(/;? ?boundary=.*/, '').trim(),
  );

const refuse = (code: number, words = 'no') => Object.assign(new Error(words), { responseCode: code });

describe('a letter over SMTP', () => {
  it('is text, HTML and calendar as alternatives, and the file beside them', async () => {
    const { url, caught } = await smtpServer();
    await transport(url).send(letter());
    const { raw, to } = caught[0]!;
    expect(to).toEqual(['ilze@patient.example']);
    expect(partsOf(raw)).toEqual(
      [
        'multipart/mixed;',
        'multipart/alternative;',
        'text/plain; charset=utf-8',
        'text/html; charset=utf-8',
        'text/calendar; charset=utf-8; method=REQUEST',
        'application/ics; name=invite.ics',
      ].map((each) => each.replace(/;$/, '')),
    );
    const calendar = raw.slice(raw.search(/content-type: text\/calendar/i));
    const head = calendar.slice(0, calendar.indexOf('\r\n\r\n'));
    expect(head).not.toMatch(/content-disposition/i);
    expect(head).toMatch(/content-transfer-encoding: base64/i);
    const body = calendar.slice(calendar.indexOf('\r\n\r\n') + 4, calendar.indexOf('\r\n--'));
    expect(Buffer.from(body, 'base64').toString('utf8')).toBe(ics);
    const parsed = await PostalMime.parse(raw);
    expect(parsed.subject).toBe('Jūsu pieraksts: 2026. gada 1. decembris');
    expect(parsed.from).toEqual({ name: 'Pieraksts', address: 'no-reply@book.example' });
    expect(parsed.messageId).toBe('<0123abcd@book.example>');
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('says that a program wrote it, and nothing more than it must', async () => {
    const { url, caught } = await smtpServer();
    await transport(url).send(letter());
    const names = caught[0]!.raw
      .slice(0, caught[0]!.raw.indexOf('\r\n\r\n'))
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
    expect(names.sort()).toEqual([
      'auto-submitted',
      'content-language',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
    ]);
  });

  it.each([
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    '"victim@mail.example x"@internal.example',
    'Ilze <a@b.example>',
  ])('never leaves for %j', async (to) => {
    const { url, caught } = await smtpServer();
    expect(await failureOfSending(transport(url), letter({ to }))).toMatchObject({
      reason: 'address-invalid',
      isFinal: true,
    });
    expect(caught).toEqual([]);
  });

  it('follows the letters before it', async () => {
    const { url, caught } = await smtpServer();
    await transport(url).send(letter({ references: ['<first@book.example>', '<second@book.example>'] }));
    const [head] = caught[0]!.raw.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n\r\n');
    expect(head).toMatch(/^in-reply-to: <second@book\.example>$/im);
    expect(head).toMatch(/^references: <first@book\.example> <second@book\.example>$/im);
  });

  const pemOf = (key: KeyObject): string =>
    `letters2026:${key.export({ type: 'pkcs8', format: 'pem' }).toString().trim().replaceAll('\n', '\\n')}`;

  it('is signed, and another program finds nothing changed', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { url, caught } = await smtpServer();
    const sent = letter({ subject: 'Āčēģīķļņšūž Õäöü '.repeat(6).trim(), references: ['<first@book.example>'] });
    await transport(url, { dkimKey: pemOf(privateKey) }).send(sent);
    const [{ raw } = { raw: '' }] = caught;
    const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
    const resolver = async (name: string): Promise<string[][]> => {
      if (name !== 'letters2026._domainkey.book.example') throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
      return [[record]];
    };
    const verdictOf = async (source: string) => (await dkimVerify(Buffer.from(source), { resolver })).results[0];
    const verdict = await verdictOf(raw);
    expect(verdict).toMatchObject({
      signingDomain: 'book.example',
      status: { result: 'pass', aligned: 'book.example' },
    });
    const signed = verdict!.signingHeaders.keys.toLowerCase().split(/\s*:\s*/);
    for (const header of ['from', 'to', 'subject', 'date', 'message-id', 'in-reply-to', 'references', 'mime-version'])
      expect(signed).toContain(header);
    const forged = raw.replace('<first@book.example>', '<other@book.example>');
    expect(await verdictOf(forged)).not.toMatchObject({ status: { result: 'pass' } });
  });

  it('is not sent at all where the key could not sign it', () => {
    const keys = [
      'no key at all',
      pemOf(generateKeyPairSync('ed25519').privateKey),
      pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey),
    ];
    for (const dkimKey of keys)
      expect(() => smtpOptions({ url: 'smtp://127.0.0.1', from, dkimKey })).toThrow('DKIM_KEY');
  });
});

describe('a mail server in trouble', () => {
  it('that nobody listens at is tried again', async () => {
    const closed = createServer();
    const url = await listen(closed);
    await new Promise((done) => closed.close(done));
    expect(await failureOfSending(transport(url))).toMatchObject({ reason: 'server-unreachable', isFinal: false });
  });

  it('that never answers is left in time, and the next letter has a connection', async () => {
    const open: { destroy(): void }[] = [];
    const url = await listen(createServer((socket) => open.push(socket)));
    stops.push(() => open.forEach((socket) => socket.destroy()));
    const smtp = transport(url, { timeoutMilliseconds: 300 });
    const before = performance.now();
    const failures = await Promise.all(Array.from({ length: 8 }, () => failureOfSending(smtp)));
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(new Set(failures.map((each) => `${each.reason} ${each.isFinal}`))).toEqual(
      new Set(['server-unreachable false']),
    );
  });

  it('that drips an answer is left in time', async () => {
    const url = await listen(
      createServer((socket) => {
        const drip = setInterval(() => socket.write('2'), 50);
        socket.on('error', () => undefined);
        socket.on('close', () => clearInterval(drip));
        stops.push(() => socket.destroy());
      }),
    );
    expect(await failureOfSending(transport(url, { timeoutMilliseconds: 400 }))).toMatchObject({
      reason: 'server-unreachable',
    });
  });

  it('that hangs up in the middle of a letter gets the whole of it another time', async () => {
    const { url, caught } = await smtpServer();
    let isCut = true;
    const cutting = createServer((client) => {
      const upstream = connect(Number(new URL(url).port), '127.0.0.1');
      for (const socket of [client, upstream]) socket.on('error', () => undefined);
      client.on('data', (chunk: Buffer) => {
        if (isCut && chunk.includes('Message-ID')) {
          upstream.destroy();
          client.destroy();
        } else {
          upstream.write(chunk);
        }
      });
      upstream.on('data', (chunk: Buffer) => client.write(chunk));
      client.on('close', () => upstream.destroy());
      stops.push(() => client.destroy());
    });
    const smtp = transport(await listen(cutting));
    expect(await failureOfSending(smtp)).toMatchObject({ reason: 'server-unreachable', isFinal: false });
    expect(caught).toEqual([]);
    isCut = false;
    await smtp.send(letter());
    expect(caught).toHaveLength(1);
  });

  it('that refuses the recipient or the letter for good is believed', async () => {
    const noSuchBox = await smtpServer({ onRcptTo: (_address, _session, done) => done(refuse(550)) });
    expect(await failureOfSending(transport(noSuchBox.url))).toMatchObject({
      reason: 'address-refused',
      isFinal: true,
    });
    const spam = await smtpServer({
      onData: (stream, _session, done) => {
        stream.resume().on('end', () => done(refuse(554)));
      },
    });
    expect(await failureOfSending(transport(spam.url))).toMatchObject({ reason: 'letter-refused', isFinal: true });
  });

  it('that refuses for now is tried again', async () => {
    const greylisting = await smtpServer({ onRcptTo: (_address, _session, done) => done(refuse(451)) });
    expect(await failureOfSending(transport(greylisting.url))).toMatchObject({
      reason: 'server-refused',
      isFinal: false,
    });
  });

  it('that refuses us is not to blame, nor for what we throw ourselves: that is our fault, and is tried again', async () => {
    const stranger = await smtpServer({ onMailFrom: (_address, _session, done) => done(refuse(550)) });
    expect(await failureOfSending(transport(stranger.url))).toMatchObject({
      reason: 'our-fault',
      isFinal: false,
      answer: '550',
    });
    const doubtful = await smtpServer({
      onRcptTo: (_address, _session, done) => done(refuse(550, '5.1.8 sender domain not found')),
    });
    expect(await failureOfSending(transport(doubtful.url))).toMatchObject({ reason: 'our-fault', isFinal: false });
    const ours = [new TypeError('x is undefined'), Object.assign(new Error('no credentials'), { code: 'EAUTH' })];
    for (const thrown of ours) expect(failureOf(thrown)).toMatchObject({ reason: 'our-fault', cause: thrown });
    for (const code of ['ECONNREFUSED', 'ESOCKET', 'ETLS', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED'])
      expect(failureOf(Object.assign(new Error('no'), { code }))).toMatchObject({ reason: 'server-unreachable' });
  });

  it('on another machine gets no letter without encryption', () => {
    expect(smtpOptions({ url: 'smtp://mail.example:587', from })).toMatchObject({ requireTLS: true, secure: false });
    expect(smtpOptions({ url: 'smtp://mail.example', from })).toMatchObject({ port: 587 });
    expect(smtpOptions({ url: 'smtps://u:p%40@mail.example', from })).toMatchObject({
      secure: true,
      port: 465,
      auth: { user: 'u', pass: 'p@' },
    });
    expect(smtpOptions({ url: 'smtp://localhost:2525', from })).toMatchObject({ requireTLS: false });
    expect(smtpOptions({ url: 'smtp://127.example.com', from })).toMatchObject({ requireTLS: true });
  });

  it('that once offered STARTTLS and no longer does gets nothing', async () => {
    const { url, caught } = await smtpServer();
    // The same server under an address that is not this machine's own.
    const elsewhere = transport(url.replace('127.0.0.1', '0.0.0.0'));
    expect((await failureOfSending(elsewhere)).isFinal).toBe(false);
    expect(caught).toEqual([]);
  });
});
