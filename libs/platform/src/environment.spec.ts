import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from './environment.js';

const enough = {
  DATABASE_URL: 'postgres://app:secret@db.example/pieraksts',
  SECRET_KEYS: 'a key of thirty-two characters and more',
};
const problemsOf = (variables: Record<string, string>): string => {
  try {
    readEnvironment(variables);
    return '';
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
};

describe('the environment', () => {
  it('needs little and fills in the rest', () => {
    expect(readEnvironment(enough)).toMatchObject({
      bookingPort: 3000,
      bookingUrl: 'http://localhost:3000',
      demo: true,
      production: false,
      clockOffsetMs: 0,
    });
  });

  it('tells all problems together, by their outside names and without values', () => {
    const told = problemsOf({
      ...enough,
      BOOKING_PORT: 'many',
      MAIL_FROM: 'nobody',
      DATABASE_URL: 'mysql://secret@db',
    });
    for (const name of ['BOOKING_PORT', 'MAIL_FROM', 'DATABASE_URL']) expect(told).toContain(name);
    expect(told).not.toMatch(/many|nobody|secret/);
  });

  it('refuses in production what is for trying things out', () => {
    const told = problemsOf({ ...enough, NODE_ENV: 'production', DEMO: 'on', CLOCK_OFFSET_MS: '60000' });
    for (const name of ['DEMO', 'CLOCK_OFFSET_MS', 'SMTP_URL']) expect(told).toContain(name);
    const real = { ...enough, NODE_ENV: 'production', SMTP_URL: 'smtps://user:word@mail.example:465' };
    expect(readEnvironment(real)).toMatchObject({ production: true, demo: false });
  });

  it('takes a client at Google whole or not at all, and in production at Google itself', () => {
    const client = { GOOGLE_CLIENT_ID: 'us.apps.googleusercontent.com', GOOGLE_CLIENT_SECRET: 'secret' };
    expect(readEnvironment({ ...enough, ...client })).toMatchObject({ googleClientId: client.GOOGLE_CLIENT_ID });
    expect(problemsOf({ ...enough, GOOGLE_CLIENT_ID: client.GOOGLE_CLIENT_ID })).toContain('both or neither');
    const elsewhere = { ...client, GOOGLE_API_ROOT: 'http://localhost:9', NODE_ENV: 'production' };
    expect(problemsOf({ ...enough, ...elsewhere })).toContain('GOOGLE_API_ROOT');
  });

  it('takes identity providers as JSON, and says so when they are not', () => {
    expect(problemsOf({ ...enough, OIDC_PROVIDERS: '{' })).toContain('OIDC_PROVIDERS');
    const provider = { id: 'eid', name: 'eID', issuer: 'https://eid.example', clientId: 'us', clientSecret: 'secret' };
    const { oidcProviders } = readEnvironment({ ...enough, OIDC_PROVIDERS: JSON.stringify([provider]) });
    expect(oidcProviders).toMatchObject([provider]);
  });

  it('takes a gateway of short messages by its preset, with what differs from it', () => {
    const gateway = { SMS_GATEWAY_URL: 'https://me:secret@api.messente.com/v1/omnimessage' };
    const read = readEnvironment({
      ...enough,
      ...gateway,
      SMS_GATEWAY: '{"preset":"messente","sender":"Klinika","receipts":{"delivered":["OK"]}}',
    });
    expect(read.smsGateway).toMatchObject({
      sender: 'Klinika',
      request: { method: 'POST', format: 'json' },
      receipts: { id: 'message_id', delivered: ['OK'] },
    });
  });

  it('says everything that is wrong with a gateway together', () => {
    const told = problemsOf({
      ...enough,
      SMS_GATEWAY_URL: 'http://me:secret@gateway.example/send',
      SMS_GATEWAY: JSON.stringify({
        request: { method: 'PUT', format: 'json', fields: { to: '{phone}' } },
        answer: { format: 'text', id: '(' },
        recipts: {},
      }),
    });
    expect(told).toContain('SMS_GATEWAY_URL: needs https://');
    for (const part of ['method', '{phone}', 'patterns', 'recipts']) expect(told).toContain(part);
    expect(told).not.toMatch(/secret/);
    expect(problemsOf({ ...enough, SMS_GATEWAY_URL: 'https://gateway.example' })).toContain('SMS_GATEWAY: says how');
    expect(problemsOf({ ...enough, SMS_GATEWAY: '{' })).toContain('SMS_GATEWAY: needs SMS_GATEWAY_URL');
    expect(
      problemsOf({ ...enough, SMS_GATEWAY_URL: 'https://gateway.example', SMS_GATEWAY: '{"preset":"unheard"}' }),
    ).toContain('preset');
    const mailbox = { SMS_GATEWAY_URL: 'http://127.0.0.1:3002/api/sms', SMS_GATEWAY: '{"preset":"mailbox"}' };
    expect(problemsOf({ ...enough, ...mailbox })).toBe('');
    expect(problemsOf({ ...enough, ...mailbox, NODE_ENV: 'production' })).toContain('mailbox is refused');
  });
});
