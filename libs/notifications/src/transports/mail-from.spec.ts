import { describe, expect, it } from '@jest/globals';
import { mailFromOf } from './mail-from.js';

const from = { name: 'Pieraksts', address: 'no-reply@book.example' };

describe('the sender', () => {
  it('is a name and an address, or an address alone', () => {
    expect(mailFromOf('Pieraksts <no-reply@book.example>')).toEqual(from);
    expect(mailFromOf('"Pieraksts" <no-reply@book.example>')).toEqual(from);
    expect(mailFromOf('no-reply@book.example').name).toBe('no-reply@book.example');
    expect(() => mailFromOf('Pieraksts <a@b.example, c@d.example>')).toThrow();
  });
});
