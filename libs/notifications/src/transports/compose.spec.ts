import { describe, expect, it } from '@jest/globals';
import { compose } from './compose.js';
import type { OutgoingLetter } from './outgoing-letter.js';

const from = { name: 'Pieraksts', address: 'no-reply@book.example' };

const letter = (more: Partial<OutgoingLetter>): OutgoingLetter => ({
  to: 'ilze@patient.example',
  language: 'lv',
  subject: 'Jūsu pieraksts',
  text: 'Jūsu pieraksts ir veikts\n',
  html: '<p>Jūsu pieraksts ir veikts</p>',
  messageId: '<0123abcd@book.example>',
  ...more,
});

describe('a header', () => {
  it.each<[string, Partial<OutgoingLetter>]>([
    ['a subject', { subject: 'a\r\nBcc: c@d.example' }],
    ['a Message-ID', { messageId: '<a>\r\nBcc: c@d.example' }],
    ['the letters before', { references: ['<a@b.example>\r\nBcc: c@d.example'] }],
  ])('is never taken from %s', (_, more) => {
    expect(() => compose(letter(more), from)).toThrow();
  });
});
