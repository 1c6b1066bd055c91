// Stands in for an eID in the demo: a real OpenID Connect provider that lets you be anyone.
import { listenLocally } from '../listen-locally.js';
import { identityListener } from './web-server.js';

const variables = process.env;
if (variables['NODE_ENV'] === 'production' || variables['DEMO'] === 'off') {
  console.error('The development identity provider believes anybody, so it runs only in the demo; set OIDC_PROVIDERS.');
  process.exit(1);
}

const port = Number(variables['IDENTITY_PORT'] ?? 3004);
const offset = Number(variables['CLOCK_OFFSET_MS'] ?? 0);
const settings = {
  issuer: `http://localhost:${port}`,
  clientId: variables['IDENTITY_CLIENT_ID'] ?? 'pieraksts',
  clientSecret: variables['IDENTITY_CLIENT_SECRET'] ?? '',
  origins: (variables['IDENTITY_ORIGINS'] ?? 'http://localhost:3000').split(','),
};
const listener = identityListener(settings, () => Temporal.Now.instant().add({ milliseconds: offset }));
const stopServing = await listenLocally(listener, port);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopServing);
