import { describe, expect, it } from '@jest/globals';
import { canonical } from './canonical.js';

describe('the canonical form of a body', () => {
  const text = (body: unknown) => JSON.stringify(canonical(body));

  it('does not depend on the order of members', () => {
    expect(text({ b: 1, a: { d: [1, { f: 2, e: null }], c: 'x' } })).toBe(
      text({ a: { c: 'x', d: [1, { e: null, f: 2 }] }, b: 1 }),
    );
  });

  it('depends on the order of lists and on every value', () => {
    expect(text([1, 2])).not.toBe(text([2, 1]));
    expect(text({ a: 1 })).not.toBe(text({ a: '1' }));
    expect(text({ a: null })).not.toBe(text({}));
  });
});
