import { describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { type Invitation, writeInvitation } from './invitation.js';
import { fc } from '../../../../test/support/properties.js';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

const invitation = (more: Partial<Invitation> = {}): Invitation => ({
  method: 'REQUEST',
  status: 'CONFIRMED',
  uid: '5e3c2b7e-3f0a-4b7e-9d55-8f5b9f7f4d10',
  sequence: 2,
  stamp: at('2026-11-22T01:00:00Z'),
  start: at('2026-10-25T00:30:00Z'),
  end: at('2026-10-25T01:00:00Z'),
  summary: 'Vizīte: Ozolkalna klīnika',
  description: 'Apskatīt: https://book.example/lv/appointments/1\nTālrunis: +371 6712 3456',
  location: 'Brīvības iela 214, Rīga, LV-1039, kabinets 12',
  page: 'https://book.example/lv/appointments/1',
  alarm: 'Rīt vizīte',
  organizer: { name: 'Pieraksts', address: 'no-reply@book.example' },
  attendee: 'ilze@patient.example',
  ...more,
});

const unfold = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n');
const linesOf = (text: string, name: string): string[] =>
  unfold(text).filter((line) => new RegExp(`^${name}[:;]`).test(line));

/** What another program than the writer reads. */
const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text) as never);
  const [event] = calendar.getAllSubcomponents('vevent');
  if (!event || calendar.getAllSubcomponents('vevent').length !== 1) throw new Error('one event is expected');
  return { calendar, component: event, event: new ICAL.Event(event) };
};

describe('an invitation', () => {
  it('is read by another program as it was meant', () => {
    const { calendar, component, event } = read(writeInvitation(invitation()));
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(event.uid).toBe('5e3c2b7e-3f0a-4b7e-9d55-8f5b9f7f4d10');
    expect(event.sequence).toBe(2);
    expect(event.summary).toBe('Vizīte: Ozolkalna klīnika');
    expect(event.location).toBe('Brīvības iela 214, Rīga, LV-1039, kabinets 12');
    expect(event.description).toBe('Apskatīt: https://book.example/lv/appointments/1\nTālrunis: +371 6712 3456');
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(event.endDate.toJSDate().toISOString()).toBe('2026-10-25T01:00:00.000Z');
    expect(component.getFirstPropertyValue('class')).toBe('PRIVATE');
    expect(component.getFirstPropertyValue('status')).toBe('CONFIRMED');
    expect(component.getFirstPropertyValue('url')).toBe('https://book.example/lv/appointments/1');
    expect(String(component.getFirstPropertyValue('organizer'))).toBe('mailto:no-reply@book.example');
    expect(component.getFirstProperty('organizer')?.getParameter('cn')).toBe('Pieraksts');
  });

  it('has one method, one organizer, one attendee, and times in UTC without a zone', () => {
    const text = writeInvitation(invitation());
    for (const name of ['METHOD', 'UID', 'SEQUENCE', 'DTSTAMP', 'ORGANIZER', 'ATTENDEE', 'STATUS', 'CLASS'])
      expect(linesOf(text, name)).toHaveLength(1);
    expect(text).toContain('\r\nDTSTART:20261025T003000Z\r\n');
    expect(text).toContain('\r\nDTSTAMP:20261122T010000Z\r\n');
    expect(text).not.toMatch(/TZID|VTIMEZONE/);
    expect(linesOf(text, 'ATTENDEE')[0]).toMatch(/;RSVP=FALSE:mailto:ilze@patient\.example$/i);
  });

  it('leaves the calendar with the same UID, a CANCEL and no alarm', () => {
    const text = writeInvitation(invitation({ method: 'CANCEL', status: 'CANCELLED', sequence: 3 }));
    const { calendar, component, event } = read(text);
    expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL');
    expect(component.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect([event.uid, event.sequence]).toEqual(['5e3c2b7e-3f0a-4b7e-9d55-8f5b9f7f4d10', 3]);
    expect(component.getAllSubcomponents('valarm')).toHaveLength(0);
    expect(linesOf(text, 'ATTENDEE')).toHaveLength(1);
  });

  it('names nobody when it is a download', () => {
    const { attendee: _, ...alone } = invitation({ method: 'PUBLISH' });
    const text = writeInvitation(alone);
    expect(linesOf(text, 'ATTENDEE')).toEqual([]);
    expect(linesOf(text, 'ORGANIZER')).toHaveLength(1);
    expect(linesOf(writeInvitation(invitation({ method: 'PUBLISH' })), 'ATTENDEE')).toEqual([]);
    expect(() => writeInvitation({ ...alone, method: 'REQUEST' })).toThrow();
  });

  it('keeps a line break that somebody typed inside its line', () => {
    const nasty = 'Klīnika\r\nATTENDEE:mailto:x@y.example\nBEGIN:VALARM\u0000\u0007; a, b \\ "c": d\u2028e';
    const text = writeInvitation(
      invitation({ summary: nasty, organizer: { name: nasty, address: 'no-reply@book.example' } }),
    );
    expect(linesOf(text, 'ATTENDEE')).toHaveLength(1);
    expect(linesOf(text, 'BEGIN')).toEqual(['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'BEGIN:VALARM']);
    expect(linesOf(text, 'SUMMARY')[0]).toContain(
      String.raw`\nATTENDEE:mailto:x@y.example\nBEGIN:VALARM  \; a\, b \\ "c": d\ne`,
    );
    // oxlint-disable-next-line no-control-regex -- control characters are what this is about
    expect(text).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f]/);
    expect(read(text).event.summary).toContain('; a, b \\ "c": d\ne');
  });

  const letters = 'AĀČĒĢĪĶĻŅŠŪŽaāčēģīķļņšūžÕÄÖÜõäöüАБВЖЩЫЮЯабвжщыюя ,;:"\\-1234567890\n🙂';
  const words = fc.string({ unit: fc.constantFrom(...Array.from(letters)), maxLength: 180 });

  it('keeps every line within 75 octets and every letter whole, in a thousand strings of four languages', () => {
    fc.assert(
      fc.property(words, words, words, (summary, description, location) => {
        const text = writeInvitation(invitation({ summary, description, location }));
        expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        for (const line of text.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(Buffer.from(line, 'utf8').toString('utf8')).toBe(line);
        }
        expect(text).not.toContain('\ufffd');
        const { event } = read(text);
        expect([event.summary, event.description, event.location].map((each) => each ?? '')).toEqual([
          summary,
          description,
          location,
        ]);
      }),
      { numRuns: 1000 },
    );
  });
});
