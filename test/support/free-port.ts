import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const [lowest, highest, mostWorkers] = [10_000, 32_000, 8];
const share = (highest - lowest) / mostWorkers;

/**
 * A port that nobody listens on, below those from which the system gives connections their own: one of those could be a
 * connection to the database by the time somebody listens. Each of Jest's workers chooses among its own, as a port is
 * chosen some seconds before it is listened on, and may be left and taken again.
 */
export function freePort(): Promise<number> {
  const worker = (Number(process.env['JEST_WORKER_ID'] ?? 1) - 1) % mostWorkers;
  const port = lowest + worker * share + randomInt(share);
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      code === 'EADDRINUSE' ? resolve(freePort()) : reject(new Error(`no free port: ${code}`)),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}
