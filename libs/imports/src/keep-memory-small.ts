import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/**
 * Gives back what was read and is not needed any more. V8 would let tens of thousands of rows pile up, three times what
 * lives, before it looks after them; a look costs some 50 ms, and the worker has no visitor who waits.
 */
export function keepMemorySmall(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
