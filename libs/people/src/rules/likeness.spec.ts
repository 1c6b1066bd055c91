import { describe, expect, it } from '@jest/globals';
import { likeness, slipPatterns, slipsBetween } from './likeness.js';

const fits = (typed: string, name: string): number => likeness(typed.split(' '), name.split(' '));

describe('how well typed words fit a name', () => {
  it('counts a wrong, missing, extra or swapped letter as one slip', () => {
    for (const slip of ['bersins', 'brzins', 'berzzins', 'brezins'])
      expect([slip, slipsBetween(slip, 'berzins')]).toEqual([slip, 1]);
    expect(slipsBetween('brezisn', 'berzins')).toBe(2);
    expect(slipsBetween('', 'abc')).toBe(3);
  });

  it('puts the whole word before its beginning, and that before a slip', () => {
    const order = ['berzins janis', 'berz jan', 'brezins janis', 'brezisn janis'].map((typed) =>
      fits(typed, 'janis berzins'),
    );
    expect(order).toEqual([...order].sort((a, b) => b - a));
    expect(order.every((each) => each > 0)).toBe(true);
  });

  it('fits nobody whom one of the words does not fit', () => {
    expect(fits('berzins peteris', 'janis berzins')).toBe(0);
    expect(fits('janis janis', 'janis berzins')).toBe(0);
    expect(fits('kln', 'janis kalns')).toBe(0);
  });

  it('takes words in any order, one letter too', () => {
    expect(fits('a anna', 'anna abele')).toBeGreaterThan(0.9);
    expect(fits('marija anna', 'anna marija liepa')).toBe(1);
  });

  it('forgives a slip in a word that is still being typed', () => {
    expect(fits('brezi', 'janis berzins')).toBeGreaterThan(0);
  });
});

describe('patterns of one slip', () => {
  const like = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`);

  it('find every name that differs by one slip', () => {
    const patterns = slipPatterns('berzins').map(like);
    for (const word of ['bersins', 'brzins', 'berzzins', 'brezins', 'berzisn', 'aerzins'])
      expect([word, patterns.some((each) => each.test(` janis ${word}`))]).toEqual([word, true]);
    expect(patterns.some((each) => each.test(' janis kalnins'))).toBe(false);
  });

  it('are none for short words, which would fit everybody', () => {
    expect(slipPatterns('ana')).toEqual([]);
  });
});
