// The processes that are measured, each with the environment of one database.
import { fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../tools/files.mjs';
import { freePort } from '../tools/processes.mjs';
import { nodeOptions } from '../tools/start/household.mjs';

/** Starts one of our apps as `npm start` does, and waits until it says that it is ready. */
export async function startApp(name, variables) {
  const port = await freePort();
  const child = spawn(process.execPath, [...nodeOptions, join(root, 'dist', 'apps', name, 'src', 'main.js')], {
    cwd: root,
    env: { ...variables, [`${name.toUpperCase()}_PORT`]: String(port) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const end = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  const began = performance.now();
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
    if (ready?.ok) break;
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    port,
    startedIn: performance.now() - began,
    // Proportional: pages of the program that the processes share are counted once in their sum.
    megabytes: () =>
      Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: () => end('SIGTERM'),
    /** As a machine that loses its power does. */
    kill: () => end('SIGKILL'),
  };
}

/** Starts the bare program, which learns what to answer to these paths. */
export async function startBare(variables, paths) {
  const child = fork(join(import.meta.dirname, 'bare.mjs'), { cwd: root, env: variables });
  const answered = once(child, 'message');
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the bare program ended with ${code}`);
  });
  child.send({ paths, connectionString: variables.DATABASE_URL });
  const [{ port, statements }] = await Promise.race([answered, ended]);
  ended.catch(() => undefined);
  return { port, statements, stop: () => child.kill() };
}

/** The statements of one booking, as the real app sends them. */
export async function seeBooking(variables, wish) {
  const child = fork(join(import.meta.dirname, 'see-booking.mjs'), {
    cwd: root,
    env: variables,
    serialization: 'advanced',
  });
  const answered = once(child, 'message');
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the program that books once ended with ${code}`);
  });
  child.send(wish);
  const [seen] = await Promise.race([answered, ended]);
  ended.catch(() => undefined);
  return seen;
}
