import { describe, expect, it } from '@jest/globals';
import { shortReference, shownReferences } from './short-reference.js';

describe('the number on the screen', () => {
  it('is the last four characters of the reference, as the notice has them', () => {
    expect(shortReference('7K3MZ9QXPD4TWH2A')).toBe('WH2A');
    expect(shownReferences(['7K3MZ9QXPD4TWH2A', '7K3MZ9QXPD4TWH2B'])).toEqual(['WH2A', 'WH2B']);
  });

  it('is longer for those who would share it', () => {
    expect(shownReferences(['AAAABBBBCCCCDDDD', '0000111122223333', 'AAAABBBBEEEEDDDD'])).toEqual([
      'CCCC DDDD',
      '3333',
      'EEEE DDDD',
    ]);
  });

  it('of nobody is nothing', () => {
    expect(shownReferences([])).toEqual([]);
  });
});
