import { randomUUID } from 'node:crypto';
import { BookAppointment, requestOf } from '#libs/appointments';
import type { Language } from '#libs/platform';
import type { RunningApp } from './app.js';
import { anAccount, aPatient, at, type Calendar } from './builders.js';
import type { TestDatabase } from './database.js';

export interface Booked {
  id: string;
  email: string;
  accountId: string;
}

/**
 * Somebody with an account of their own books in the portal, without its pages: the time is booked, or pending where the
 * clinic confirms by hand.
 * @param app any app, for its verbs
 * @param when on the wall clock of the calendar's branch ('2027-03-01T09:00'), or an instant ('2027-03-01T07:00:00Z')
 */
export async function aBooking(
  app: Pick<RunningApp, 'get'>,
  database: TestDatabase,
  calendar: Calendar,
  when: string,
  {
    familyName = 'Bērziņa',
    birthDate,
    phone = null,
    language = 'lv',
    serviceId = calendar.serviceId,
  }: { familyName?: string; birthDate?: string; phone?: string | null; language?: Language; serviceId?: string } = {},
): Promise<Booked> {
  const account = await anAccount(database);
  const patient = await aPatient(database, { account, familyName, ...(birthDate && { birthDate }) });
  const actor = { kind: 'guest' as const, accountId: account.id, sessionId: randomUUID() };
  const start = Temporal.Instant.from(when.endsWith('Z') ? when : at(calendar, when));
  const { id } = await app.get(BookAppointment).run({
    actor,
    slot: { calendarId: calendar.id, serviceId, start },
    patient: { id: patient },
    contact: { email: account.email, phone },
    language,
    termsVersion: null,
    origin: 'portal',
    request: requestOf(actor, 'story', randomUUID(), when),
  });
  return { id, email: account.email, accountId: account.id };
}
