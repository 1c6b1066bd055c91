// Tests run on what tsc compiled: the same module resolution as in production, and no transformer.
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

// What tests leave in the temporary folder stays inside the project, where tools/test.mjs clears it.
const rootDir = import.meta.dirname;
process.env.TMPDIR = join(rootDir, '.cache', 'tmp');
mkdirSync(process.env.TMPDIR, { recursive: true });

const shared = {
  rootDir,
  cacheDirectory: '<rootDir>/.cache/jest',
  testEnvironment: 'node',
  transform: {},
  roots: ['<rootDir>/dist'],
};
// Not from <rootDir>: Jest does not put the folder in place of it after a '!'.
const pure = ['**/dist/libs/@(time|holidays)/**/*.spec.js', '**/dist/libs/*/src/rules/**/*.spec.js'];

export default {
  rootDir,
  // Much of a test is waiting for a browser or a letter: on two cores three of them take less time than two.
  maxWorkers: Math.min(6, Math.max(3, availableParallelism())),
  // Each file's modules stay in its worker's memory.
  workerIdleMemoryLimit: '2GB',
  // A busy machine needs longer than Jest's half a second to let a process of that size end.
  workerGracefulExitTimeout: 20_000,
  // A test ends when what it waits for has happened; on a busy machine that takes many times as long as on an idle one.
  testTimeout: 90_000,
  reporters: [['default', { summaryThreshold: 50 }], '<rootDir>/test/support/tally-reporter.mjs'],
  projects: [
    { ...shared, displayName: 'rules', testMatch: pure },
    {
      ...shared,
      displayName: 'stories',
      testMatch: ['<rootDir>/dist/**/*.spec.js', ...pure.map((each) => `!${each}`)],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
};
