// How things are measured: in turns, so that a noisy moment meets both sides, and as medians.
import { fork } from 'node:child_process';
import { join } from 'node:path';

export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

export const percentile = (numbers, share) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
};

/** Requests per second from a process of its own. `paths` are asked in turn; `{n}` in one counts up. */
export function load({ port, paths, seconds, connections = 16, headers = {} }) {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'load.mjs'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.once('message', (result) => resolve(result));
    child.once('error', reject);
    child.once('exit', (code) => code && reject(new Error(`the load ended with ${code}`)));
    child.send({ port, paths, seconds, connections, headers });
  });
}

/** Runs both sides in alternating rounds and answers their medians, spreads and the ratio of ours to bare. */
export async function sideBySide(ours, bare, rounds = 3) {
  const sides = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? ['ours', 'bare'] : ['bare', 'ours'];
    for (const side of order) sides[side].push(await (side === 'ours' ? ours(round) : bare(round)));
  }
  return { ours: sides.ours, bare: sides.bare, ratio: median(sides.ours) / median(sides.bare) };
}
