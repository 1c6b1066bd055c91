// The portal as `npm start` runs it, on free ports, with a folder of its own and a clock of our choice.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../files.mjs';
import { freePort } from '../processes.mjs';
import { Sentence } from '../sentence.mjs';

const portNames = ['BOOKING_PORT', 'CLINIC_PORT', 'WORKER_PORT', 'MAILBOX_PORT', 'IDENTITY_PORT'];

/** Free ports for one portal, kept over its restarts so that addresses stay the same. */
export async function freePorts() {
  const ports = {};
  for (const name of portNames) {
    let port = await freePort();
    while (Object.values(ports).includes(port)) port = await freePort();
    ports[name] = port;
  }
  return ports;
}

/**
 * Starts a portal and waits until it can be used.
 * @param {{ dataDir: string, clock: string, ports: Record<string, number> }} wanted clock: an instant for its first moment
 * @returns {Promise<{ places: object, stop(): Promise<void> }>}
 */
export async function startPortal({ dataDir, clock, ports }) {
  const child = spawn(process.execPath, [join(root, 'tools', 'start.mjs')], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: dataDir,
      CLOCK: clock,
      ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A Ctrl-C comes to us first: what runs is stopped in order.
    detached: process.platform !== 'win32',
  });
  let output = '';
  const exited = new Promise((done) => child.once('exit', done));
  const ready = new Promise((done) => {
    const listen = (chunk) => {
      output += chunk;
      if (output.includes('Pieraksts is ready')) done(true);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  const isReady = await Promise.race([ready, exited.then(() => false)]);
  if (!isReady) throw new Sentence(`The portal did not start:\n${output.trimEnd()}`);
  const at = (name) => `http://localhost:${ports[name]}`;
  return {
    places: {
      bookingUrl: at('BOOKING_PORT'),
      clinicUrl: at('CLINIC_PORT'),
      mailboxUrl: at('MAILBOX_PORT'),
      identityUrl: at('IDENTITY_PORT'),
      clockOffsetMs: 0,
    },
    stop,
  };
}
