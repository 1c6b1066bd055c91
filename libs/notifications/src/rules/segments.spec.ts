import { describe, expect, it } from '@jest/globals';
import { segmentsOf } from './segments.js';

describe('the length of a short message', () => {
  it.each([
    ['', 'gsm-7', 0, 1],
    ['a'.repeat(160), 'gsm-7', 160, 1],
    ['a'.repeat(161), 'gsm-7', 161, 2],
    ['a'.repeat(306), 'gsm-7', 306, 2],
    ['a'.repeat(307), 'gsm-7', 307, 3],
    // Õ is not in the alphabet, ä ö ü and Å are.
    ['äöüÄÖÜÅåñß', 'gsm-7', 10, 1],
    ['€', 'gsm-7', 2, 1],
    [`${'a'.repeat(159)}[`, 'gsm-7', 161, 2],
    ['õ', 'ucs-2', 1, 1],
    ['ā'.repeat(70), 'ucs-2', 70, 1],
    ['ā'.repeat(71), 'ucs-2', 71, 2],
    ['š'.repeat(134), 'ucs-2', 134, 2],
    ['ж'.repeat(135), 'ucs-2', 135, 3],
    // Typographic signs are the usual trap.
    ['10:30–11:00', 'ucs-2', 11, 1],
    ['„Labdien”', 'ucs-2', 9, 1],
    ['😀'.repeat(35), 'ucs-2', 70, 1],
  ] as const)('of %j is counted as the network counts it', (text, encoding, length, segments) => {
    expect(segmentsOf(text)).toMatchObject({ encoding, length, segments });
  });

  it('never parts an escaped sign nor a surrogate pair', () => {
    // 152 letters and a sign of two septets: the sign begins the second part.
    expect(segmentsOf(`${'a'.repeat(152)}€${'a'.repeat(152)}`).segments).toBe(3);
    expect(segmentsOf(`${'я'.repeat(66)}😀${'я'.repeat(66)}`).segments).toBe(3);
  });
});
