import { describe, expect, it } from '@jest/globals';
import { incomingKindOf, isAutomatic, partstatOf } from './incoming-kind.js';

const automatic = (headers: object): boolean =>
  isAutomatic((name) => Object.entries(headers).find(([key]) => key === name)?.[1] as string | undefined);

describe('what arrives', () => {
  it('is from a machine where it says so, as RFC 3834 and older programs do', () => {
    for (const headers of [
      { 'auto-submitted': 'auto-replied (vacation)' },
      { 'auto-submitted': 'Auto-Generated' },
      { 'x-autoreply': 'yes' },
      { precedence: 'bulk' },
      { 'return-path': '<>' },
      { from: 'Mail Delivery <MAILER-DAEMON@mx.example>' },
    ])
      expect(automatic(headers)).toBe(true);
    for (const headers of [{}, { 'auto-submitted': 'no' }, { from: 'ilze@patient.example', precedence: 'first-class' }])
      expect(automatic(headers)).toBe(false);
  });

  it('is a report or a calendar’s answer although a machine sent it', () => {
    const report = { action: 'failed', status: null } as const;
    expect(incomingKindOf({ report, partstat: null, automatic: true })).toBe('bounce');
    expect(incomingKindOf({ report: null, partstat: 'declined', automatic: true })).toBe('calendar-reply');
    expect(incomingKindOf({ report: null, partstat: null, automatic: true })).toBe('auto-reply');
    expect(incomingKindOf({ report: null, partstat: null, automatic: false })).toBe('letter');
  });

  it('is an answer only where somebody decided', () => {
    expect(partstatOf('REPLY', 'ACCEPTED')).toBe('accepted');
    expect(partstatOf('reply', 'Tentative')).toBe('tentative');
    expect(partstatOf('COUNTER', 'NEEDS-ACTION')).toBe('counter');
    for (const [method, partstat] of [
      ['REPLY', 'NEEDS-ACTION'],
      ['REPLY', 'DELEGATED'],
      ['REQUEST', 'ACCEPTED'],
      ['', ''],
    ])
      expect(partstatOf(method!, partstat!)).toBeNull();
  });
});
