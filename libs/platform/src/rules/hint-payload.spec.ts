import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { hintOf, hintPayload } from './hint-payload.js';

const some = (count: number): Set<string> => new Set(Array.from({ length: count }, () => randomUUID()));

describe('what a hint says', () => {
  it('names each resource once, and is read as it was written', () => {
    const ids = some(3);
    expect(hintOf(hintPayload(ids))).toEqual(ids);
  });

  it('stays below the 8,000 bytes that PostgreSQL takes, and says "all" rather than to leave some out', () => {
    expect(Buffer.byteLength(hintPayload(some(200)))).toBeLessThan(8000);
    expect(hintOf(hintPayload(some(200)))).not.toBe('all');
    expect(hintOf(hintPayload(some(201)))).toBe('all');
  });

  it.each(['', 'all', 'v2:xyz', 'not-an-id,', undefined])('takes %j for anything', (payload) => {
    expect(hintOf(payload)).toBe('all');
  });
});
