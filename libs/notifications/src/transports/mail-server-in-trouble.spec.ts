import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  failureOfSending,
  from,
  letter,
  listen,
  smtpServer,
  stopAll,
  stops,
  untilTheEnd,
} from '../../../../test/support/smtp-letters.js';
import { failureOf, smtpOptions, SmtpTransport } from './smtp.transport.js';

afterEach(stopAll);

const transport = (url: string, more: { timeoutMilliseconds?: number } = {}): SmtpTransport =>
  untilTheEnd(new SmtpTransport({ url, from, ...more }));

const refuse = (code: number, words = 'no') => Object.assign(new Error(words), { responseCode: code });

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
