import { describe, expect, it } from '@jest/globals';
import { readLetter } from './read-letter.js';

describe('a letter that anybody may have sent', () => {
  it('keeps nobody waiting, whatever it is made of', async () => {
    const invitation =
      'From: a@b.lv\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n';
    const million = (part: string): string => part.repeat(1_000_000 / part.length);
    const letters = [
      `${invitation}SUMMARY:${million('\r\n a')}`,
      `${invitation}ATTENDEE${million(';A="b"')}:mailto:x`,
      invitation + million('BEGIN:VEVENT\r\n'),
      `Content-Type: multipart/mixed; boundary=x\r\n\r\n${million('--x\r\n\r\n')}`,
      `Content-Type: text/plain; format=flowed\r\n\r\n${million('> \r\n')}`,
    ];
    for (const letter of letters) {
      const began = performance.now();
      expect((await readLetter(Buffer.from(letter))).report).toBeNull();
      expect(performance.now() - began).toBeLessThan(15_000);
    }
  });

  it('is read only so far as an answer or a report goes', async () => {
    const letter = (lines: number): Promise<{ text: string }> =>
      readLetter(Buffer.from(`From: a@b.lv\r\n\r\n${'\n'.repeat(lines)}words`));
    expect((await letter(3_000)).text).toBe('words');
    expect((await letter(5_000)).text).toBe('');
  });
});
