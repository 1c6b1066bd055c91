import { Refusal } from './refusals.js';

/**
 * Lets work that takes much memory be done one after another in this process, as decoding a picture, whose quarter of a
 * gigabyte a few kilobytes can ask for.
 * @param most so many are in the line, the one who is being served among them
 * @returns does the work in its turn. @throws Refusal `busy` when the line is full
 */
export function oneByOne(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  let inLine = 0;
  return async (work) => {
    if (inLine >= most) throw new Refusal('busy', { retryAfterSeconds: 10 });
    inLine += 1;
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      inLine -= 1;
    }
  };
}
