import { describe, expect, it } from '@jest/globals';
import { firstUnacceptable, isStorable } from './text-check.js';

const nestedTo = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = { a: value };
  return value;
};

describe('a body that can never be accepted', () => {
  it.each([
    [{ a: { b: ['x', 'y\u0000'] } }, 'a.b.1'],
    [{ name: 'x\uDC00' }, 'name'],
    [JSON.parse('{"a":{"__proto__":{"x":1}}}') as unknown, 'a.__proto__'],
    [{ constructor: 1 }, 'constructor'],
  ])('is named by its path: %j', (body, path) => {
    expect(firstUnacceptable(body)).toBe(path);
  });

  it('may be nested 10,000 deep', () => {
    expect(firstUnacceptable(nestedTo(10_000))).toBeDefined();
    expect(firstUnacceptable(nestedTo(10))).toBeUndefined();
  });

  it('takes names in every script and emoji', () => {
    expect(isStorable('O’Connež-Šuslik Ņuļļe Žanna Õnne 😀 Ё')).toBe(true);
  });
});
