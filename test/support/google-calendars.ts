import { randomBytes } from 'node:crypto';

/** An event as Google keeps it; `cancelled` ones stay for a while and keep their ids taken. */
export interface GoogleEvent {
  id: string;
  etag: string;
  status: string;
  sequence: number;
  updated: string;
  [member: string]: unknown;
}

export interface GoogleCalendar {
  id: string;
  summary: string;
  primary: boolean;
  accessRole: 'owner' | 'writer' | 'reader' | 'freeBusyReader';
  timeZone: string;
  /** Made through the API by our client: all that `calendar.app.created` opens. */
  isAppCreated: boolean;
  events: Map<string, GoogleEvent>;
  /** Rises with every change; a sync token names a place in it. */
  version: number;
  changedAt: Map<string, number>;
}

/** Somebody's Google account. */
export interface GooglePerson {
  email: string;
  calendars: Map<string, GoogleCalendar>;
}

/** What the API answers with instead: a status and Google's word for why. */
export class GoogleAnswer extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(reason);
  }
}

const newEtag = (): string => `"${randomBytes(8).toString('hex')}"`;

export function aCalendar(id: string, more: Partial<GoogleCalendar> = {}): GoogleCalendar {
  return {
    id,
    summary: id,
    primary: false,
    accessRole: 'owner',
    timeZone: 'Europe/Riga',
    isAppCreated: false,
    events: new Map(),
    version: 1,
    changedAt: new Map(),
    ...more,
  };
}

/** Somebody with one calendar, whose id is their address, as Google does it. */
export function aPerson(email: string): GooglePerson {
  const first = aCalendar(email, { primary: true });
  return { email, calendars: new Map([[email, first]]) };
}

function write(calendar: GoogleCalendar, event: GoogleEvent): GoogleEvent {
  calendar.version += 1;
  calendar.changedAt.set(event.id, calendar.version);
  calendar.events.set(event.id, event);
  return event;
}

/** Ids as developers.google.com/workspace/calendar/api/v3/reference/events#id says; a deleted one stays taken. */
export function insertEvent(calendar: GoogleCalendar, body: Record<string, unknown>, at: string): GoogleEvent {
  const id = typeof body['id'] === 'string' ? body['id'] : randomBytes(13).toString('hex');
  if (!/^[0-9a-v]{5,1024}$/.test(id)) throw new GoogleAnswer(400, 'invalid');
  if (calendar.events.has(id)) throw new GoogleAnswer(409, 'duplicate');
  checkTimes(body);
  const sequence = Number(body['sequence'] ?? 0);
  return write(calendar, { status: 'confirmed', ...body, id, etag: newEtag(), sequence, updated: at });
}

/** `If-Match` with another version is 412; a sequence below the stored one is 400; a new time raises the sequence. */
export function patchEvent(
  calendar: GoogleCalendar,
  id: string,
  body: Record<string, unknown>,
  { ifMatch, at }: { ifMatch: string | undefined; at: string },
): GoogleEvent {
  const event = eventOf(calendar, id);
  if (ifMatch !== undefined && ifMatch !== event.etag) throw new GoogleAnswer(412, 'conditionNotMet');
  if (typeof body['sequence'] === 'number' && body['sequence'] < event.sequence) throw new GoogleAnswer(400, 'invalid');
  const changed = { ...event, ...body };
  checkTimes(changed);
  const isMoved = JSON.stringify([event['start'], event['end']]) !== JSON.stringify([changed['start'], changed['end']]);
  const sequence = Math.max(Number(body['sequence'] ?? 0), event.sequence + (isMoved ? 1 : 0));
  return write(calendar, { ...changed, id, sequence, etag: newEtag(), updated: at });
}

export function deleteEvent(calendar: GoogleCalendar, id: string, at: string): void {
  const event = eventOf(calendar, id);
  if (event.status === 'cancelled') throw new GoogleAnswer(410, 'deleted');
  write(calendar, { ...event, status: 'cancelled', etag: newEtag(), updated: at });
}

/** Also those that were deleted: Google's `get` answers with them. */
export function eventOf(calendar: GoogleCalendar, id: string): GoogleEvent {
  const event = calendar.events.get(id);
  if (!event) throw new GoogleAnswer(404, 'notFound');
  return event;
}

/** A page of events; with a sync token only what changed since, deleted ones too. */
export function listEvents(calendar: GoogleCalendar, query: URLSearchParams): Record<string, unknown> {
  const since = query.get('syncToken');
  if (since !== null && !/^sync-\d+$/.test(since)) throw new GoogleAnswer(410, 'fullSyncRequired');
  const known = since === null ? 0 : Number(since.slice(5));
  const withDeleted = since !== null || query.get('showDeleted') === 'true';
  const [timeMin, timeMax] = [query.get('timeMin'), query.get('timeMax')];
  const stored = [...calendar.events.values()];
  const events = query.get('singleEvents') === 'true' ? stored.flatMap(instancesOf) : stored;
  const all = events.filter(
    (event) =>
      (calendar.changedAt.get(event.id.split('_')[0] ?? '') ?? 0) > known &&
      (withDeleted || event.status !== 'cancelled') &&
      (timeMin === null || !('end' in event) || instantOf(event['end']) > Date.parse(timeMin)) &&
      (timeMax === null || !('start' in event) || instantOf(event['start']) < Date.parse(timeMax)),
  );
  const from = Number(query.get('pageToken') ?? 0);
  const size = Number(query.get('maxResults') ?? 250);
  const items = all.slice(from, from + size);
  const isLast = from + size >= all.length;
  return {
    kind: 'calendar#events',
    timeZone: calendar.timeZone,
    items: items.map((event) => onlyFields(event, query.get('fields'))),
    ...(isLast ? { nextSyncToken: `sync-${calendar.version}` } : { nextPageToken: String(from + size) }),
  };
}

/** The instances of an event that comes back every week (`RRULE:FREQ=WEEKLY;COUNT=n`), at its own wall time in its zone. */
function instancesOf(event: GoogleEvent): GoogleEvent[] {
  const [rule] = (event['recurrence'] as string[] | undefined) ?? [];
  if (rule === undefined) return [event];
  const count = Number(/COUNT=(\d+)/.exec(rule)?.[1] ?? 1);
  const later = (time: unknown, weeks: number): { dateTime: string; timeZone: string } => {
    const { dateTime, timeZone = 'Europe/Riga' } = time as { dateTime: string; timeZone?: string };
    const at = Temporal.Instant.from(dateTime).toZonedDateTimeISO(timeZone).add({ weeks });
    return { dateTime: at.toString({ timeZoneName: 'never', smallestUnit: 'second' }), timeZone };
  };
  return Array.from({ length: count }, (_, weeks) => {
    const start = later(event['start'], weeks);
    const name = new Date(start.dateTime).toISOString().replace(/[-:]|\.\d+/g, '');
    const { recurrence: _recurrence, ...rest } = event;
    return { ...rest, id: `${event.id}_${name}`, start, end: later(event['end'], weeks) };
  });
}

/** The members of an event that `fields` names, as `items(id,start(date))`; without it all. */
function onlyFields(event: GoogleEvent, fields: string | null): Record<string, unknown> {
  const named = /items\((.*)\)/.exec(fields ?? '')?.[1];
  if (named === undefined) return event;
  const wanted = new Set(named.replace(/\([^)]*\)/g, '').split(','));
  return Object.fromEntries(Object.entries(event).filter(([name]) => wanted.has(name)));
}

/** The start or end of an event; whole days begin at midnight in UTC here. */
export function instantOf(time: unknown): number {
  const { dateTime, date } = (time ?? {}) as { dateTime?: string; date?: string };
  return Date.parse(dateTime ?? `${date}T00:00:00Z`);
}

function checkTimes(body: Record<string, unknown>): void {
  const [start, end] = [instantOf(body['start']), instantOf(body['end'])];
  if (Number.isNaN(start) || Number.isNaN(end)) throw new GoogleAnswer(400, 'required');
  if (end <= start) throw new GoogleAnswer(400, 'timeRangeEmpty');
}
