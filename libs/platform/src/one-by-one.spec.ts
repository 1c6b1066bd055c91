import { describe, expect, it } from '@jest/globals';
import { oneByOne } from './one-by-one.js';

describe('one by one', () => {
  it('works in turn, goes on after a fault, and turns away who finds the line full', async () => {
    const inTurn = oneByOne(2);
    let [inside, most] = [0, 0];
    const work = (fault?: string) => async (): Promise<number> => {
      most = Math.max(most, ++inside);
      await new Promise((soon) => setTimeout(soon, 5));
      inside -= 1;
      if (fault) throw new Error(fault);
      return most;
    };
    const first = inTurn(work('broken'));
    const second = inTurn(work());
    await expect(inTurn(work())).rejects.toMatchObject({ code: 'busy' });
    await expect(first).rejects.toThrow('broken');
    expect(await second).toBe(1);
    expect(await inTurn(work())).toBe(1);
  });
});
