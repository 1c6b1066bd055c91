import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Above the last port that browsers and `fetch` refuse to speak with (10080): https://fetch.spec.whatwg.org/#port-blocking */
const lowest = 11_000;
const [highest, mostWorkers] = [32_000, 8];
const share = (highest - lowest) / mostWorkers;
const chosen = new Set<number>();

/**
 * A port that nobody listens on, below those from which the system gives connections their own: one of those could be a
 * connection to the database by the time somebody listens. Each of Jest's workers chooses among its own, and none twice
 * in a test file, as a port is chosen some seconds before it is listened on, and may be left and taken again.
 */
export function freePort(): Promise<number> {
  const worker = (Number(process.env['JEST_WORKER_ID'] ?? 1) - 1) % mostWorkers;
  const port = lowest + worker * share + randomInt(share);
  if (chosen.has(port)) return freePort();
  chosen.add(port);
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      code === 'EADDRINUSE' ? resolve(freePort()) : reject(new Error(`no free port: ${code}`)),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}
