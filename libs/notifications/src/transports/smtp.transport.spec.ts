import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { dkimVerify } from 'mailauth';
import PostalMime from 'postal-mime';
import {
  failureOfSending,
  from,
  ics,
  letter,
  smtpServer,
  stopAll,
  untilTheEnd,
} from '../../../../test/support/smtp-letters.js';
import { smtpOptions, SmtpTransport } from './smtp.transport.js';

afterEach(stopAll);

const transport = (url: string, more: { dkimKey?: string } = {}): SmtpTransport =>
  untilTheEnd(new SmtpTransport({ url, from, ...more }));

/** The parts of a message, in order: content type, disposition and transfer encoding as they stand in its source. */
const partsOf = (raw: string): string[] =>
  [...raw.replaceAll(/\r\n[ \t]+/g, ' ').matchAll(/^content-type: ([^\r]+)/gim)].map((match) =>
    match[1]!.replace(/;? ?boundary=.*/, '').trim(),
  );

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
