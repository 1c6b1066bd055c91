// The processes that one start runs: begun in order, watched together, stopped in the opposite order.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../files.mjs';
import { Sentence } from '../sentence.mjs';

const patience = { ready: 90_000, stop: 20_000 };
const exitWithParent = new URL('exit-with-parent.mjs', import.meta.url).href;

// A small young generation costs no throughput here and gives back 25 MB a process. What is measured has it too.
export const nodeOptions = ['--enable-source-maps', '--max-semi-space-size=4'];

export class Household {
  #members = [];
  #logs;
  #ended;
  /** Settles with a sentence when a process ends that nobody stopped. */
  crashed = new Promise((tell) => (this.#ended = tell));
  stopping = false;

  /** @param {string | undefined} logs a folder for their output; without one it goes where ours goes */
  constructor(logs) {
    this.#logs = logs;
    if (logs) mkdirSync(logs, { recursive: true });
  }

  /**
   * Starts one of our programs under the pinned Node.
   * @param {string} name for people
   * @param {string[]} program path of the script below dist, and its arguments
   */
  begin(name, [script, ...args], variables) {
    const file = this.#logs && join(this.#logs, `${name}.log`);
    const output = file ? openLog(file) : 'inherit';
    const said = file ? statSync(file).size : 0;
    // In a process group of its own, so that the terminal's Ctrl-C comes to us alone and the order of stopping is ours.
    const child = spawn(
      process.execPath,
      [...nodeOptions, '--import', exitWithParent, join(root, 'dist', script), ...args],
      {
        cwd: root,
        env: variables,
        stdio: ['ignore', output, output, 'ipc'],
        detached: process.platform !== 'win32',
      },
    );
    if (typeof output === 'number') closeSync(output);
    const exited = new Promise((done) => {
      child.once('error', (error) => done(error.message));
      child.once('exit', (code, signal) => done(signal ?? `code ${code}`));
    });
    const member = { name, child, exited, file, said, running: true };
    this.#members.push(member);
    void exited.then((how) => {
      member.running = false;
      if (!this.stopping) this.#ended(`The ${name} stopped by itself (${how}).${lastWords(member)}`);
    });
  }

  /** Waits until a program answers that it can be used. */
  async untilReady(name, port) {
    const began = Date.now();
    let why = 'it does not answer';
    while (Date.now() - began < patience.ready && !this.stopping) {
      try {
        const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(5000) });
        if (answer.ok) return;
        why = (await answer.json()).why ?? `it answers ${answer.status}`;
      } catch {
        // Not listening yet.
      }
      await sleep(100);
    }
    if (!this.stopping)
      throw new Sentence(
        `The ${name} is not ready after ${patience.ready / 1000} s: ${why}.${lastWords(this.#members.find((each) => each.name === name))}`,
      );
  }

  /** Asks all to finish, the last begun first within a group; those that do not are killed. */
  async stop() {
    this.stopping = true;
    const running = this.#members.filter((member) => member.running);
    for (const { child } of running.toReversed()) child.kill('SIGTERM');
    await Promise.all(running.map((member) => this.#finish(member)));
  }

  /** No more patience: a second Ctrl-C. */
  kill() {
    for (const { child, running } of this.#members) if (running) child.kill('SIGKILL');
  }

  async #finish({ child, exited }) {
    const late = sleep(patience.stop, true, { ref: false });
    if ((await Promise.race([exited.then(() => false), late])) === true) child.kill('SIGKILL');
    await exited;
  }
}

/** What a program wrote last since this start; it may be the only hint at why it ended. */
function lastWords({ file, said }) {
  if (!file) return '';
  const lines = readFileSync(file).subarray(said).toString('utf8').trimEnd().split('\n').slice(-12);
  return ` The end of ${relative(root, file)}:\n${lines.map((line) => `  ${line.slice(0, 400)}`).join('\n')}`;
}

/** One older log is kept, so that neither grows without end. */
function openLog(file) {
  if (existsSync(file) && statSync(file).size > 20 * 1024 * 1024) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}
