import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sessions } from '#libs/access';
import { BookAppointment } from '#libs/appointments';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { aRequest, asGuest } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const now = '2026-11-30T06:00:00Z';
const mostPages = 150;
const sessionCookieNames = { booking: 'pieraksts-booking', clinic: 'pieraksts-clinic' };

/** What may be written while somebody only looks: counters, the session's own times, and the log of who looked. */
const bookkeeping = ['rate_limit', 'session', 'access_log'];

describe('looking changes nothing', () => {
  let database: TestDatabase;
  let apps: Record<'booking' | 'clinic', RunningApp>;
  let calendar: BookableCalendar;
  let appointmentId: string;
  const cookies: Record<string, string> = {};

  beforeAll(async () => {
    database = await testDatabase();
    await prepareEnvironment({ database });
    const clock = testClock(now);
    apps = { booking: await startApp('booking', { clock }), clinic: await startApp('clinic', { clock }) };
    calendar = await aCalendar(database, { confirmation: 'manual' });
    await freeDaysAsOf(database, calendar, now);
    const accountId = await anAccount(database);
    const actor = asGuest(accountId);
    ({ id: appointmentId } = await apps.booking.get(BookAppointment).run({
      actor,
      slot: {
        calendarId: calendar.calendarId,
        serviceId: calendar.serviceId,
        start: Temporal.Instant.from('2026-12-03T08:00:00Z'),
      },
      patient: {
        givenName: 'Anna',
        familyName: 'Liepa',
        birthDate: Temporal.PlainDate.from('1990-01-01'),
        language: 'lv',
      },
      contact: { email: 'anna@example.com', phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
    }));
    const staff = await aStaffMember(database, calendar.clinicId);
    const sessions = apps.booking.get(Sessions);
    cookies['booking'] = await sessions.open({ app: 'booking', accountId, level: 'email' });
    cookies['clinic'] = await sessions.open({ app: 'clinic', accountId: staff.accountId, level: 'two-factor' });
  });
  afterAll(async () => {
    await apps.booking.stop();
    await apps.clinic.stop();
    await database.drop();
  });

  /** All rows of all tables, but for the bookkeeping, as one fingerprint a table. */
  const fingerprint = async (): Promise<Record<string, string>> => {
    const tables = await database.sql<{ name: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
        where schemaname in ('public', 'jobs') and not tablename = any($1) and not (schemaname = 'jobs' and tablename <> 'job')
        order by 1`,
      [bookkeeping],
    );
    const prints: Record<string, string> = {};
    for (const { name } of tables) {
      const [row] = await database.sql<{ print: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as print from ${name} t`,
      );
      prints[name] = row?.print ?? '';
    }
    return prints;
  };

  const sessionCookie = (app: 'booking' | 'clinic'): string => `${sessionCookieNames[app]}=${cookies[app]}`;

  /** Follows every link of every page that it comes to, as a mail scanner or a browser's prefetch would. */
  const crawl = async (app: 'booking' | 'clinic', from: string[]): Promise<Map<string, number>> => {
    const { url } = apps[app];
    const cookie = sessionCookie(app);
    const seen = new Map<string, number>();
    const left = [...from];
    for (let path = left.shift(); path !== undefined && seen.size < mostPages; path = left.shift()) {
      if (seen.has(path)) continue;
      const answer = await fetch(url + path, { headers: { cookie }, redirect: 'manual' });
      seen.set(path, answer.status);
      const next = answer.headers.get('location');
      const body = answer.headers.get('content-type')?.includes('html') ? await answer.text() : '';
      const links = [...body.matchAll(/href="([^"#]+)[^"]*"/g)].map(([, href]) =>
        (href ?? '').replaceAll('&amp;', '&'),
      );
      for (const link of next ? [...links, next] : links) {
        const address = new URL(link, url + path);
        if (address.origin === url && !address.pathname.startsWith('/assets/'))
          left.push(address.pathname + address.search);
      }
    }
    return seen;
  };

  it.each([
    ['booking', ['/lv', '/et/my-appointments', '/en/find', '/robots.txt', '/api/v1/practitioners']],
    ['clinic', ['/lv', '/lv/calendar', '/lv/pending']],
  ] as const)('in the %s app, whatever is followed', async (app, from) => {
    const before = await fingerprint();
    const own = app === 'booking' ? [`/lv/appointments/${appointmentId}`, `/api/v1/appointments/${appointmentId}`] : [];
    const seen = await crawl(app, [...from, ...own]);
    expect(seen.size).toBeGreaterThan(8);
    for (const path of [...own, ...(app === 'clinic' ? ['/lv/calendar', '/lv/pending'] : ['/et/my-appointments'])]) {
      expect([path, seen.get(path)]).toEqual([path, 200]);
    }
    expect([...seen].filter(([, status]) => status >= 500)).toEqual([]);
    expect(await fingerprint()).toEqual(before);
  });

  it('a hundred looks at an appointment’s page leave it as it was', async () => {
    const before = await fingerprint();
    const cookie = sessionCookie('booking');
    const paths = [`/lv/appointments/${appointmentId}`, `/lv/appointments/${appointmentId}/cancel`];
    for (let look = 0; look < 100; look++) {
      await (await fetch(apps.booking.url + (paths[look % 2] ?? ''), { headers: { cookie } })).arrayBuffer();
    }
    expect(await fingerprint()).toEqual(before);
  });
});
