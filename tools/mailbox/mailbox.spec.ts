import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { SMTPServer } from 'smtp-server';
import { LetterStore, type LetterSummary } from './letter-store.js';
import type { Letter } from './read-letter.js';
import { mailboxSmtp } from './smtp.js';
import { mailboxListener } from './web-server.js';

const invitation = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n';

describe('the mailbox', () => {
  let folder: string;
  let store: LetterStore;
  let smtp: SMTPServer;
  let server: Server;
  let address: string;

  const open = () => LetterStore.open({ folder, limit: 3, now: () => Temporal.Now.instant() });
  const json = async <Answer>(path: string) => (await (await fetch(address + path)).json()) as Answer;
  const send = async (to: string, subject: string, html = '<p>Labdien</p>') => {
    const { port } = smtp.server.address() as AddressInfo;
    const icalEvent = { method: 'REQUEST', content: invitation };
    await createTransport(`smtp://127.0.0.1:${port}`).sendMail({
      from: 'Pieraksts <a@clinic.example>',
      to,
      subject,
      text: 'Labdien',
      html,
      icalEvent,
    });
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mailbox-'));
    store = await open();
    smtp = mailboxSmtp(store);
    await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready));
    server = createServer(mailboxListener(store));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await new Promise<void>((closed) => smtp.close(closed));
    await rm(folder, { recursive: true, force: true });
  });

  it('shows a letter to its address, newest first, with its invitation and its source', async () => {
    await send('ilze@patient.example', 'Jūsu pieraksts');
    await send('mari@patient.example', 'Teie broneering');
    expect((await json<LetterSummary[]>('/api/messages')).map((each) => each.to)).toEqual([
      'mari@patient.example',
      'ilze@patient.example',
    ]);
    const [summary] = await json<LetterSummary[]>('/api/messages?to=ILZE@patient.example');
    expect(summary).toMatchObject({ subject: 'Jūsu pieraksts', from: 'Pieraksts <a@clinic.example>', kind: 'mail' });
    const letter = await json<Letter>(`/api/messages/${summary!.id}`);
    expect(letter.text).toContain('Labdien');
    expect(letter.attachments[0]).toMatchObject({
      contentType: 'text/calendar',
      method: 'REQUEST',
      content: invitation,
    });
    const raw = await fetch(`${address}/api/messages/${summary!.id}/raw`);
    expect(await raw.text()).toContain('To: ilze@patient.example\r\n');
  });

  it('keeps letters over a restart, and no more than it may', async () => {
    for (const subject of ['1', '2', '3', '4']) await send('ilze@patient.example', subject);
    expect((await open()).list().map((each) => each.subject)).toEqual(['4', '3', '2']);
    expect((await fetch(`${address}/api/messages`, { method: 'DELETE' })).status).toBe(204);
    expect((await open()).list()).toEqual([]);
  });

  it('takes messages to phones beside the letters', async () => {
    const answer = await fetch(`${address}/api/sms`, {
      method: 'POST',
      body: JSON.stringify({ to: '+37120000000', text: 'Vizīte rīt' }),
    });
    expect(answer.status).toBe(201);
    expect(await json('/api/messages')).toMatchObject([{ kind: 'sms', to: '+37120000000', subject: 'Vizīte rīt' }]);
    expect((await fetch(`${address}/api/sms`, { method: 'POST', body: '{' })).status).toBe(400);
  });

  it('answers a message as the owner of the phone would, and says that it arrived', async () => {
    const calls: { url: string; body: Record<string, string> }[] = [];
    const portal = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        calls.push({ url: request.url ?? '', body: JSON.parse(body) as Record<string, string> });
        response.end();
      });
    });
    await new Promise<void>((ready) => portal.listen(0, '127.0.0.1', ready));
    const door = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`;
    try {
      const message = { to: '+37120000000', from: '+37160000000', text: 'Nāksiet? https://clinic.example/a/1' };
      const urls = { answerUrl: `${door}/answers/key`, receiptUrl: `${door}/receipts/key` };
      const sent = await fetch(`${address}/api/sms`, { method: 'POST', body: JSON.stringify({ ...message, ...urls }) });
      const { id } = (await sent.json()) as { id: string };
      const shown = await (await fetch(`${address}/messages/${id}`)).text();
      expect(shown).toContain('<a href="https://clinic.example/a/1"');
      expect(JSON.stringify(await json(`/api/messages/${id}`))).not.toMatch(/(?:answers|receipts)\/key/);
      const answered = await fetch(`${address}/messages/${id}/answer`, {
        method: 'POST',
        body: new URLSearchParams({ text: 'Jā' }),
        redirect: 'manual',
      });
      expect(answered.headers.get('location')).toBe(`/messages/${id}?answered=taken`);
      expect(calls.find(({ url }) => url === '/answers/key')?.body).toMatchObject({
        from: '+37120000000',
        to: '+37160000000',
        text: 'Jā',
      });
      expect(calls.find(({ url }) => url === '/receipts/key')?.body).toEqual({ id, status: 'delivered' });
    } finally {
      portal.close();
      portal.closeAllConnections();
    }
  });

  it('lets no letter run anything, on a page that escapes what it shows', async () => {
    await send('ilze@patient.example', '<img src=x onerror=alert(1)>', '<script>alert(1)</script>');
    const [summary] = await json<LetterSummary[]>('/api/messages');
    const page = await (await fetch(`${address}/messages/${summary!.id}`)).text();
    expect(page).not.toContain('<img src=x');
    const shown = await fetch(`${address}/messages/${summary!.id}/html`);
    expect(shown.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
  });
});
