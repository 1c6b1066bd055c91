import { describe, expect, it } from '@jest/globals';
import { plainLetters } from './plain-letters.js';
import { segmentsOf } from './segments.js';

describe('plain letters', () => {
  it.each([
    ['Jūsu vizīte plkst. 10.30 Ģertrūdes ielā', 'Jusu vizite plkst. 10.30 Gertrudes iela'],
    ['ĀČĒĢĪĶĻŅŠŪŽ āčēģīķļņšūž', 'ACEGIKLNSUZ acegiklnsuz'],
    [
      'Teie visiit: õhtul, Pärnu mnt, Ülikooli, Öö, šokk, žest',
      'Teie visiit: ohtul, Pärnu mnt, Ülikooli, Öö, sokk, zest',
    ],
    ['10:30–11:00 „Vēji” …', '10:30-11:00 "Veji" ...'],
  ])('write %j as %j', (text, plain) => {
    expect(plainLetters(text)).toBe(plain);
    expect(segmentsOf(plain).encoding).toBe('gsm-7');
  });

  it('leave Russian as it is written, with its й and ё', () => {
    expect(plainLetters('Ваш визит в Йыхви отменён')).toBe('Ваш визит в Йыхви отменён');
  });

  it('read letters that were sent in parts', () => {
    expect(plainLetters('Ju\u0304su')).toBe('Jusu');
  });
});
