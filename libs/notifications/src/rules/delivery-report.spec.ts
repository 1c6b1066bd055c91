import { describe, expect, it } from '@jest/globals';
import { complaintOf, deliveryReportOf, messageIdIn, threadOf } from './delivery-report.js';

const status = (recipient: string): string => `Reporting-MTA: dns; mx.example\r\n\r\n${recipient}\r\n`;

describe('a report about a letter', () => {
  it.each([
    ['Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1', 'failed', '5.1.1'],
    ['Action: FAILED (rejected)\r\nStatus: 5.7.1 (refused)', 'failed', '5.7.1'],
    ['action: delayed\r\nstatus:\r\n 4.4.1', 'delayed', '4.4.1'],
    ['Action: relayed\r\nStatus: 2.0.0', 'arrived', '2.0.0'],
    ['Action: failed\r\nStatus: unknown', 'failed', null],
  ])('%j says %s', (recipient, action, code) => {
    expect(deliveryReportOf(status(recipient))).toEqual({ action, status: code });
  });

  it('is none without an action that is known', () => {
    for (const text of ['', 'Action: exploded\r\n\r\nStatus: 5.1.1', 'Status: 5.1.1', ': :\n:'])
      expect(deliveryReportOf(text)).toBeNull();
  });

  it('is a complaint when somebody called the letter junk', () => {
    expect(complaintOf('Feedback-Type: abuse\r\nUser-Agent: x')).toEqual({ action: 'complained', status: null });
    expect(complaintOf('Feedback-Type: not-spam')).toBeNull();
  });

  it('names our letter by the headers that come back', () => {
    expect(messageIdIn('From: a\r\nMessage-ID:\r\n <1@us.example>\r\n\r\nMessage-ID: <2@them.example>')).toBe(
      '<1@us.example>',
    );
    expect(messageIdIn('\r\nmessage-id: <3@us.example>')).toBe('<3@us.example>');
    expect(messageIdIn('From: a\r\n\r\nMessage-ID: <2@them.example>')).toBeNull();
  });

  it('belongs to a thread, the nearest letter first, each once', () => {
    expect(threadOf('<3@a>', '<1@a> <2@a>\r\n <3@a>', undefined)).toEqual(['<3@a>', '<2@a>', '<1@a>']);
    expect(threadOf(Array.from({ length: 50 }, (_, n) => `<${n}@a>`).join(' '))).toHaveLength(20);
  });
});
