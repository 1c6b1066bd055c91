import { describe, expect, it } from '@jest/globals';
import { answerDueOn, type Channel, countsFrom, type Place } from './counts-from.js';

const latvia: Place = { country: 'LV', zone: 'Europe/Riga' };
const estonia: Place = { country: 'EE', zone: 'Europe/Tallinn' };

const at = (local: string, { zone }: Place): Temporal.Instant =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant();
const from = (local: string, place: Place = latvia, channel: Channel = 'email'): string =>
  countsFrom(channel, at(local, place), place).toString();

describe('the day that a request counts from', () => {
  it.each([
    ['on a Monday at nine', '2026-11-23T09:00', '2026-11-23'],
    ['a minute before five', '2026-11-23T16:59', '2026-11-23'],
    ['the last moment before five', '2026-11-23T16:59:59.999', '2026-11-23'],
    ['at five sharp, when the hours are over', '2026-11-23T17:00', '2026-11-24'],
    ['in the evening', '2026-11-23T20:15', '2026-11-24'],
    ['before nine, ahead of the hours of that very day', '2026-11-24T07:30', '2026-11-24'],
    ['right after midnight', '2026-11-24T00:00', '2026-11-24'],
    ['on a Friday evening', '2026-11-20T17:01', '2026-11-23'],
    ['at the weekend', '2026-11-22T12:00', '2026-11-23'],
  ])('%s', (_, received, expected) => {
    expect(from(received)).toBe(expected);
    expect(from(received, latvia, 'phone')).toBe(expected);
    expect(from(received, latvia, 'desk')).toBe(expected);
  });

  it.each([
    ['Independence Day of Latvia, a Wednesday', latvia, '2026-11-18T11:00', '2026-11-19'],
    ['the same day in Estonia, where it is none', estonia, '2026-11-18T11:00', '2026-11-18'],
    ['Independence Day of Estonia', estonia, '2026-02-24T11:00', '2026-02-25'],
    ['the same day in Latvia', latvia, '2026-02-24T11:00', '2026-02-24'],
    ['the day off after a 4 May on a Sunday', latvia, '2025-05-05T11:00', '2025-05-06'],
    ['Easter Monday, off in Latvia', latvia, '2026-04-06T11:00', '2026-04-07'],
    ['Easter Monday, worked in Estonia', estonia, '2026-04-06T11:00', '2026-04-06'],
    ['Christmas Eve in Estonia, until after the weekend', estonia, '2026-12-23T18:00', '2026-12-28'],
    ['New Year that runs into a weekend', latvia, '2026-12-31T18:00', '2027-01-04'],
  ])('%s', (_, place, received, expected) => {
    expect(from(received, place)).toBe(expected);
  });

  it('is a shortened day itself until five: the desk registers on all working days from nine until five', () => {
    expect(from('2026-12-23T16:30', estonia)).toBe('2026-12-23');
    expect(from('2026-11-17T16:30', latvia)).toBe('2026-11-17');
  });

  it('is a weekday that was moved for state institutions, and never the Saturday that it was moved to', () => {
    expect(from('2026-01-02T11:00', latvia)).toBe('2026-01-02');
    expect(from('2026-01-17T11:00', latvia)).toBe('2026-01-19');
  });

  it.each([
    ['the last Sunday of March, when a morning is an hour short', '2026-03-29T03:30', '2026-03-30'],
    ['the Monday after it', '2026-03-30T16:59', '2026-03-30'],
    ['five sharp of that Monday', '2026-03-30T17:00', '2026-03-31'],
    ['the Friday before the clocks go back', '2026-10-23T17:00', '2026-10-26'],
    ['the Monday after the clocks went back', '2026-10-26T16:59', '2026-10-26'],
  ])('keeps to the wall clock on %s', (_, received, expected) => {
    expect(from(received)).toBe(expected);
    expect(from(received, estonia)).toBe(expected);
  });

  it('reads the branch’s clock, not the server’s', () => {
    const moment = Temporal.Instant.from('2026-11-23T15:30:00Z');
    expect(countsFrom('email', moment, latvia).toString()).toBe('2026-11-24');
    expect(countsFrom('email', moment, { country: 'EE', zone: 'Atlantic/Azores' }).toString()).toBe('2026-11-23');
  });

  it('is any day for what is sent through the portal, which registers around the clock', () => {
    expect(from('2026-11-22T23:10', latvia, 'portal')).toBe('2026-11-22');
  });
});

describe('by when a written request is answered', () => {
  const due = (day: string, country: 'LV' | 'EE' = 'LV', channel: Channel = 'email'): string | undefined =>
    answerDueOn(channel, Temporal.PlainDate.from(day), country)?.toString();

  it.each([
    ['two working days later', '2026-11-23', 'LV', '2026-11-25'],
    ['over a weekend', '2026-11-26', 'LV', '2026-11-30'],
    ['over a public holiday', '2026-11-17', 'LV', '2026-11-20'],
    ['the same days in another country', '2026-11-17', 'EE', '2026-11-19'],
    ['over Christmas', '2026-12-23', 'LV', '2026-12-29'],
  ] as const)('%s', (_, day, country, expected) => {
    expect(due(day, country)).toBe(expected);
    expect(due(day, country, 'portal')).toBe(expected);
  });

  it('is not asked of what was said at the desk or by phone', () => {
    expect(due('2026-11-23', 'LV', 'desk')).toBeUndefined();
    expect(due('2026-11-23', 'LV', 'phone')).toBeUndefined();
  });
});
