import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../processes.mjs';
import { Sentence } from '../sentence.mjs';

/**
 * Lets one start at a time use a data folder.
 * @returns {() => void} gives the folder back
 */
export function takeLock(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'start.pid');
  for (let tries = 0; tries < 3; tries++) {
    try {
      writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(readFileSync(file, 'utf8'));
    // The number may belong to somebody else by now: only a start counts.
    if (holder !== process.pid && isAlive(holder, 'start.mjs')) {
      throw new Sentence(
        `Pieraksts already runs with the data in ${dataDir} (process ${holder}); stop it first, or choose another DATA_DIR.`,
      );
    }
    rmSync(file, { force: true });
  }
  throw new Sentence(`Another start is taking ${dataDir} at this moment; try again.`);
}
