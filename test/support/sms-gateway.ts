import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A message as it reached the gateway, in the words of its own protocol. */
export interface GatewayMessage {
  id: string;
  to: string;
  from: string;
  text: string;
  receiptUrl: string;
  authorization: string;
}

type Protocol = 'messente' | 'text2reach' | 'twilio';
/** How the gateway answers: as it should, never, with a fault, or with 200 and an error inside. */
type Mood = 'takes' | 'silent' | 'broken' | 'busy' | 'error-inside';

export interface FakeGateway {
  /** With user and password, as SMS_GATEWAY_URL holds it. */
  url: string;
  mood: Mood;
  messages: GatewayMessage[];
  /** How often anything was asked of it. */
  asked: number;
  /** Calls back as the real one does. `secret`: another one signs wrongly; null: nothing is signed. */
  receipt(message: GatewayMessage, state: string, secret?: string | null): Promise<number>;
  answer(
    address: string,
    answer: { from: string; to: string; text: string; id?: string },
    secret?: string | null,
  ): Promise<number>;
  waitFor(test: (message: GatewayMessage) => boolean): Promise<GatewayMessage>;
  stop(): Promise<void>;
}

export const gatewayPassword = 'a password of the gateway';

interface Spoken {
  read(request: IncomingMessage, body: string): Omit<GatewayMessage, 'id' | 'authorization'>;
  taken(id: string): [status: number, type: string, body: string];
  refused: [status: number, type: string, body: string];
  newId(): string;
  receipt(message: GatewayMessage, state: string): Record<string, string>;
  incoming(answer: { id: string; from: string; to: string; text: string }): Record<string, string>;
}

/** What each gateway's own documentation says; see libs/platform/src/sms-presets.ts for the addresses. */
const protocols: Record<Protocol, Spoken> = {
  messente: {
    read: (_, body) => {
      const { to, dlr_url, messages } = JSON.parse(body) as {
        to: string;
        dlr_url: string;
        messages: { channel: string; sender: string; text: string }[];
      };
      const [sms] = messages;
      return { to, from: sms!.sender, text: sms!.text, receiptUrl: dlr_url };
    },
    taken: (id) => [
      201,
      'application/json',
      JSON.stringify({
        messages: [{ channel: 'sms', message_id: id, sender: 'x' }],
        omnimessage_id: randomUUID(),
        to: '+1',
      }),
    ],
    refused: [200, 'application/json', JSON.stringify({ errors: [{ title: 'Invalid data', code: '102' }] })],
    newId: randomUUID,
    receipt: (message, status) => ({ message_id: message.id, status, err: '0', to: message.to, channel: 'sms' }),
    incoming: ({ id, from, to, text }) => ({ msg_id: id, channel: 'sms', recipient: to, text, sender: from }),
  },
  text2reach: {
    read: (request) => {
      const query = new URL(request.url ?? '', 'http://gateway').searchParams;
      const get = (name: string): string => query.get(name) ?? '';
      return { to: get('phone'), from: get('from'), text: get('message'), receiptUrl: get('report_url') };
    },
    taken: (id) => [200, 'text/html', id],
    refused: [200, 'text/html', '-12'],
    newId: () => String(Math.floor(Math.random() * 1e12)),
    receipt: (message, status) => ({ msg_id: message.id, status }),
    incoming: ({ id, from, to, text }) => ({ msg_id: id, originator: from, recipient: to, message: text, price: '0' }),
  },
  twilio: {
    read: (_, body) => {
      const form = new URLSearchParams(body);
      const get = (name: string): string => form.get(name) ?? '';
      return { to: get('To'), from: get('From'), text: get('Body'), receiptUrl: get('StatusCallback') };
    },
    taken: (id) => [201, 'application/json', JSON.stringify({ sid: id, status: 'queued', error_code: null })],
    refused: [200, 'application/json', JSON.stringify({ sid: 'SM0', status: 'failed', error_code: 21610 })],
    newId: () => `SM${randomUUID().replaceAll('-', '')}`,
    receipt: (message, MessageStatus) => ({ MessageSid: message.id, MessageStatus, To: message.to }),
    incoming: ({ id, from, to, text }) => ({ MessageSid: id, From: from, To: to, Body: text }),
  },
};

/** Calls our portal as the gateway would, with its signature. @returns the status */
async function call(
  protocol: Protocol,
  address: string,
  fields: Record<string, string>,
  secret: string | null,
): Promise<number> {
  if (protocol === 'text2reach') {
    const url = new URL(address);
    for (const [name, value] of Object.entries(fields)) url.searchParams.append(name, value);
    return (await fetch(url)).status;
  }
  const isForm = protocol === 'twilio';
  const body = isForm ? new URLSearchParams(fields).toString() : JSON.stringify(fields);
  const signed = isForm
    ? address +
      Object.keys(fields)
        .sort()
        .map((name) => name + fields[name])
        .join('')
    : body;
  const headers: Record<string, string> = {
    'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
    ...(secret !== null && {
      [isForm ? 'x-twilio-signature' : 'x-messente-signature']: isForm
        ? createHmac('sha1', secret).update(signed).digest('base64')
        : createHmac('sha256', secret).update(signed).digest('hex'),
    }),
  };
  return (await fetch(address, { method: 'POST', headers, body })).status;
}

/** A gateway of short messages that speaks a real one's protocol and hands nothing on. */
export async function fakeGateway(protocol: Protocol): Promise<FakeGateway> {
  const spoken = protocols[protocol];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    gateway.asked++;
    const send = ([status, type, body]: [number, string, string]): void => {
      response.writeHead(status, { 'content-type': type }).end(body);
    };
    if (gateway.mood === 'broken') return send([500, 'text/plain', 'oops']);
    if (gateway.mood === 'busy') return send([429, 'text/plain', 'later']);
    if (gateway.mood === 'error-inside') return send(spoken.refused);
    const id = spoken.newId();
    gateway.messages.push({
      id,
      ...spoken.read(request, Buffer.concat(chunks).toString('utf8')),
      authorization: request.headers.authorization ?? '',
    });
    // It has taken the message, and nobody hears of it: what a line that breaks looks like.
    if (gateway.mood !== 'silent') send(spoken.taken(id));
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const gateway: FakeGateway = {
    url: `http://user:${encodeURIComponent(gatewayPassword)}@127.0.0.1:${port}/v1/send`,
    mood: 'takes',
    messages: [],
    asked: 0,
    receipt: (message, state, secret = gatewayPassword) =>
      call(protocol, message.receiptUrl, spoken.receipt(message, state), secret),
    answer: (address, { id = randomUUID(), ...answer }, secret = gatewayPassword) =>
      call(protocol, address, spoken.incoming({ id, ...answer }), secret),
    async waitFor(test) {
      for (let waited = 0; waited < 30_000; waited += 50) {
        const found = gateway.messages.find(test);
        if (found) return found;
        await sleep(50);
      }
      throw new Error(`No such message within 30 s. Arrived:\n${gateway.messages.map(({ text }) => text).join('\n')}`);
    },
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
  return gateway;
}
