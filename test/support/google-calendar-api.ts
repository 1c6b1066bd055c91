import { randomBytes } from 'node:crypto';
import {
  aCalendar,
  deleteEvent,
  eventOf,
  GoogleAnswer,
  type GoogleCalendar,
  type GooglePerson,
  insertEvent,
  listEvents,
  patchEvent,
} from './google-calendars.js';

export interface GoogleChannel {
  id: string;
  token: string;
  address: string;
  resourceId: string;
  calendarId: string;
}

/** What one person granted to our client. */
export interface Grant {
  person: GooglePerson;
  scopes: string[];
  refreshToken: string;
}

export interface GoogleCall {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: Record<string, unknown>;
}

/** What the API keeps besides people's calendars. */
interface Kept {
  /** Where somebody wants to be told that a calendar changed, by the channel's id. */
  channels: Map<string, GoogleChannel>;
  /** The moment that `updated` says. */
  now: string;
}

interface Asked extends GoogleCall {
  grant: Grant;
  calendar: (needsOwner?: boolean) => GoogleCalendar;
  parts: string[];
}

/** New calls: add a line. */
type Route = [method: string, path: RegExp, work: (asked: Asked, kept: Kept) => unknown];

const scope = (name: string): string => `https://www.googleapis.com/auth/${name}`;
const canList = ['calendar.calendarlist.readonly', 'calendar.readonly', 'calendar'].map(scope);

const routes: Route[] = [
  [
    'POST',
    /^\/calendars$/,
    ({ grant, body }) => {
      if (!grant.scopes.includes(scope('calendar.app.created'))) throw new GoogleAnswer(403, 'insufficientPermissions');
      const id = `${randomBytes(16).toString('hex')}@group.calendar.google.com`;
      const calendar = aCalendar(id, { summary: String(body['summary']), isAppCreated: true });
      grant.person.calendars.set(id, calendar);
      return described(calendar);
    },
  ],
  ['GET', /^\/calendars\/([^/]+)$/, ({ calendar }) => described(calendar())],
  [
    'DELETE',
    /^\/calendars\/([^/]+)$/,
    ({ calendar, grant }) => {
      const { id, primary, isAppCreated } = calendar(true);
      if (!isAppCreated || !grant.scopes.includes(scope('calendar.app.created')))
        throw new GoogleAnswer(403, 'insufficientPermissions');
      if (primary) throw new GoogleAnswer(403, 'forbidden');
      grant.person.calendars.delete(id);
      return undefined;
    },
  ],
  ['GET', /^\/users\/me\/calendarList$/, ({ grant, query }) => calendarList(grant, query)],
  ['GET', /^\/calendars\/([^/]+)\/events$/, ({ calendar, query }) => listEvents(calendar(), query)],
  ['POST', /^\/calendars\/([^/]+)\/events$/, ({ calendar, body }, { now }) => insertEvent(calendar(true), body, now)],
  [
    'POST',
    /^\/calendars\/([^/]+)\/events\/watch$/,
    ({ calendar, body }, { channels, now }) => {
      const { id, token, address } = body as Record<string, string>;
      const channel = { id, token, address, resourceId: randomBytes(8).toString('hex'), calendarId: calendar().id };
      channels.set(channel.id ?? '', channel as GoogleChannel);
      return { id, resourceId: channel.resourceId, expiration: String(Date.parse(now) + 7 * 24 * 60 * 60 * 1000) };
    },
  ],
  [
    'POST',
    /^\/channels\/stop$/,
    ({ body }, { channels }) => {
      if (!channels.delete(String(body['id']))) throw new GoogleAnswer(404, 'channelIdNotFound');
      return undefined;
    },
  ],
  ['GET', /^\/calendars\/([^/]+)\/events\/([^/]+)$/, ({ calendar, parts }) => eventOf(calendar(), parts[1] ?? '')],
  [
    'PATCH',
    /^\/calendars\/([^/]+)\/events\/([^/]+)$/,
    ({ calendar, parts, body, headers }, { now: at }) =>
      patchEvent(calendar(true), parts[1] ?? '', body, { ifMatch: headers['if-match'], at }),
  ],
  [
    'DELETE',
    /^\/calendars\/([^/]+)\/events\/([^/]+)$/,
    ({ calendar, parts }, { now }) => deleteEvent(calendar(true), parts[1] ?? '', now),
  ],
];

const described = ({ id, summary, primary, accessRole, timeZone }: GoogleCalendar): Record<string, unknown> => ({
  id,
  summary,
  accessRole,
  timeZone,
  ...(primary && { primary }),
});

const roles = ['freeBusyReader', 'reader', 'writer', 'owner'];

function calendarList(grant: Grant, query: URLSearchParams): Record<string, unknown> {
  if (!grant.scopes.some((each) => canList.includes(each))) throw new GoogleAnswer(403, 'insufficientPermissions');
  const least = roles.indexOf(query.get('minAccessRole') ?? 'freeBusyReader');
  const all = [...grant.person.calendars.values()].filter(({ accessRole }) => roles.indexOf(accessRole) >= least);
  const [from, size] = [Number(query.get('pageToken') ?? 0), Number(query.get('maxResults') ?? 100)];
  const rest = from + size < all.length ? { nextPageToken: String(from + size) } : {};
  return { items: all.slice(from, from + size).map(described), ...rest };
}

/** The calendar of an address, if the permission opens it. */
function opened(grant: Grant, id: string, needsOwner: boolean): GoogleCalendar {
  const found = id === 'primary' ? grant.person.email : id;
  const calendar = grant.person.calendars.get(found);
  if (!calendar) throw new GoogleAnswer(404, 'notFound');
  const has = (...names: string[]): boolean => names.some((name) => grant.scopes.includes(scope(name)));
  if (calendar.isAppCreated && has('calendar.app.created')) return calendar;
  if (needsOwner && has('calendar.events.owned') && calendar.accessRole !== 'owner')
    throw new GoogleAnswer(403, 'requiredAccessLevel');
  const isEnough = needsOwner
    ? has('calendar.events.owned', 'calendar.events')
    : has('calendar.events.owned', 'calendar.events', 'calendar.events.freebusy', 'calendar.freebusy');
  // With `calendar.app.created` alone another calendar is as if it were not there.
  if (!isEnough) throw new GoogleAnswer(has('calendar.app.created') ? 404 : 403, 'insufficientPermissions');
  return calendar;
}

/** Google's Calendar API: what a call with this permission is answered with. @throws GoogleAnswer */
export function calendarApi(call: GoogleCall, grant: Grant, kept: Kept): unknown {
  for (const [method, path, answer] of routes) {
    const match = path.exec(call.path.replace('/calendar/v3', ''));
    if (!match || method !== call.method) continue;
    const parts = match.slice(1).map(decodeURIComponent);
    const calendar = (needsOwner = false): GoogleCalendar => opened(grant, parts[0] ?? '', needsOwner);
    return answer({ ...call, grant, calendar, parts }, kept);
  }
  throw new GoogleAnswer(404, 'notFound');
}
