import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** Whether a process lives and, where `mark` is given, whether its command line holds it: numbers are used again. */
export function isAlive(pid, mark) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return mark === undefined || commandLine(pid).includes(mark);
}

function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout ?? '';
  }
}

/** A port of this machine that was free a moment ago. */
export const freePort = () => withListener(0, (server) => server.address().port);

/** Whether nothing listens on the port, on any address of this machine. */
export const isFree = (port) => withListener(port, () => true).catch(() => false);

function withListener(port, ask) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.unref();
    server.once('error', reject);
    server.listen({ port, exclusive: true }, () => {
      const answer = ask(server);
      server.close(() => resolve(answer));
    });
  });
}
