import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '#libs/access';
import {
  CloseTime,
  dropExpiredHolds,
  ExtendHorizon,
  freeTime,
  keepBusyTimes,
  lockResources,
  PublishHours,
  RefreshStaleDays,
  ReopenTime,
  SaveDraftHours,
  SweepHolds,
  takeTime,
  timeChanged,
} from '#libs/calendars';
import { isPublicHoliday } from '#libs/holidays';
import { Database, newDataSource } from '#libs/platform';
import { type Interval, merge } from '#libs/time';
import { bareClinic, openBareClinic, setBareCalendars, type BareCalendar } from '../support/bare-clinic.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import {
  clocksOf,
  naiveOpenings,
  type Clocks,
  type Minutes,
  type NaiveHours,
  type NaiveRange,
} from '../support/naive-slots.js';
import { randomGrid, randomRichHours, randomSingleDays, randomVisit } from '../support/random-working-time.js';
import { fc } from '../support/properties.js';

/** Minutes count from the moment at which a step is done. */
type Step =
  | {
      does: 'publish';
      calendar: number;
      hours: readonly NaiveHours[];
      days: ReadonlyMap<string, readonly NaiveRange[]>;
    }
  | { does: 'close'; whom: 'clinic' | 'branch' | 'practitioner'; during: Minutes }
  | { does: 'reopen'; which: number }
  /** What the practitioner's own calendar says now, and whether it can be read. */
  | { does: 'busy'; during: readonly Minutes[]; isPaused: boolean }
  | { does: 'take'; during: Minutes; holdEndsIn: number | null }
  | { does: 'free'; which: number }
  | { does: 'wait'; minutes: number };

const { clinic, branch, practitioner, calendars: calendarIds } = bareClinic;
const actor: Actor = {
  kind: 'staff',
  accountId: bareClinic.account,
  sessionId: bareClinic.account,
  staffMemberId: bareClinic.staffMember,
  clinicId: clinic,
  role: 'admin',
  practitionerId: null,
  practitionerIds: [],
  branchIds: null,
  name: 'A',
};
const scopes = {
  clinic: { clinicId: clinic, branchId: null, resourceId: null },
  branch: { clinicId: clinic, branchId: branch, resourceId: null },
  practitioner: { clinicId: clinic, branchId: null, resourceId: practitioner },
};
const instant = (minute: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(minute * 60_000);
const interval = ([from, to]: Minutes): Interval => ({ start: instant(from), end: instant(to) });
const minuteOf = (at: Temporal.Instant): number => at.epochMilliseconds / 60_000;
const plain = (day: string): Temporal.PlainDate => Temporal.PlainDate.from(day);

/** `a` and `b` are the services of the first calendar; the second has only `a`, and its limits to `b` are left out. */
function inServices<Range extends NaiveRange>(range: Range, calendar: number): Range {
  const { serviceIds, ...rest } = range;
  const ids = serviceIds
    ?.filter((id) => calendar === 0 || id === 'a')
    .map((id) => bareClinic.services[id === 'a' ? 0 : 1]);
  return (ids?.length ? { ...rest, serviceIds: ids } : rest) as Range;
}

/** The clinic while its history runs: what was done to it, and the product's own verbs to do it with. */
class History {
  now: number;
  readonly hours: (readonly NaiveHours[])[] = [[], []];
  readonly days: ReadonlyMap<string, readonly NaiveRange[]>[] = [new Map(), new Map()];
  readonly closures = new Map<string, Minutes>();
  readonly taken = new Map<string, Minutes>();
  busy: readonly Minutes[] = [];
  private owners = 0;
  private readonly clock = { now: () => instant(this.now) };

  constructor(
    private readonly database: Database,
    from: number,
  ) {
    this.now = from;
  }

  private at([from, to]: Minutes): Minutes {
    return [this.now + from, this.now + to];
  }

  async do(step: Step): Promise<void> {
    const { database, clock } = this;
    switch (step.does) {
      case 'publish': {
        const calendarId = calendarIds[step.calendar]!;
        const hours = step.hours.map((each) => ({
          ...inServices(each, step.calendar),
          validFrom: plain(each.validFrom),
          validTo: each.validTo === null ? null : plain(each.validTo),
          weekAnchor: plain(each.weekAnchor),
        }));
        const days = [...step.days].map(([day, ranges]) => ({
          day: plain(day),
          ranges: ranges.map((each) => inServices(each, step.calendar)),
        }));
        await new SaveDraftHours(database).run({ actor, calendarId, hours, days });
        await new PublishHours(database, clock).run({ actor, calendarId });
        this.hours[step.calendar] = step.hours;
        this.days[step.calendar] = step.days;
        return;
      }
      case 'close': {
        const during = this.at(step.during);
        const made = { actor, scope: scopes[step.whom], times: [interval(during)], reason: null };
        this.closures.set((await new CloseTime(database, clock).run(made)).id, during);
        return;
      }
      case 'reopen': {
        const closureId = [...this.closures.keys()][step.which];
        if (!closureId) return;
        await new ReopenTime(database, clock).run({ actor, closureId });
        this.closures.delete(closureId);
        return;
      }
      case 'busy': {
        const during = step.during.map((each) => this.at(each));
        const within = { start: clock.now(), end: clock.now().add({ hours: 24 * 60 }) };
        const { isPaused } = step;
        const times = { practitionerId: practitioner, clinicIds: [clinic], within, isPaused };
        await database.transaction(async (tx) => {
          await lockResources(tx, [practitioner]);
          await keepBusyTimes(tx, { ...times, busy: merge(during.map(interval)) }, clock.now());
        });
        // What is over is not looked at any more.
        const isOver = ([, until]: Minutes): boolean => until <= this.now;
        const whole = merge(during.map(interval)).map(({ start, end }): Minutes => [minuteOf(start), minuteOf(end)]);
        this.busy = [...this.busy.filter(isOver), ...whole.filter((each) => !isOver(each))];
        return;
      }
      case 'take': {
        const ownerId = bareClinic.owner(++this.owners);
        const during = this.at(step.during);
        const expiresAt = step.holdEndsIn === null ? {} : { expiresAt: instant(this.now + step.holdEndsIn) };
        const taken = await database.transaction(async (tx) => {
          await lockResources(tx, [practitioner]);
          await dropExpiredHolds(tx, practitioner, clock.now());
          const ownerKind = step.holdEndsIn === null ? 'appointment' : 'hold';
          const owner = { kind: ownerKind, id: ownerId, clinicId: clinic, ...expiresAt } as const;
          const time = { resourceId: practitioner, during: interval(during), counts: null };
          if (!(await takeTime(tx, owner, [time]))) return false;
          await timeChanged(tx, practitioner, [interval(during)], clock.now());
          return true;
        });
        if (taken && step.holdEndsIn === null) this.taken.set(ownerId, during);
        return;
      }
      case 'free': {
        const [ownerId] = [...this.taken][step.which] ?? [];
        if (!ownerId) return;
        await database.transaction(async (tx) => {
          await lockResources(tx, [practitioner]);
          const freed = (await freeTime(tx, ownerId, 'appointment')).map(({ during }) => during);
          await timeChanged(tx, practitioner, freed, clock.now());
        });
        this.taken.delete(ownerId);
        return;
      }
      case 'wait':
        this.now += step.minutes;
        await new SweepHolds(database, clock).run();
        await new ExtendHorizon(database, clock).run();
        await new RefreshStaleDays(database, clock).run();
    }
  }
}

const minutesAhead = (longest: number): fc.Arbitrary<Minutes> =>
  fc
    .tuple(fc.integer({ min: -500, max: 20_000 }), fc.integer({ min: 1, max: longest }))
    .map(([from, length]) => [from, from + length]);

const randomStep = (clocks: Clocks): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 1,
      arbitrary: fc.record({
        does: fc.constant('publish'),
        calendar: fc.nat(1),
        hours: sensibleHours(clocks),
        days: randomSingleDays(clocks),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        does: fc.constant('close'),
        whom: fc.constantFrom('clinic', 'branch', 'practitioner'),
        during: minutesAhead(6_000).filter(([, to]) => to > 0),
      }),
    },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('reopen'), which: fc.nat(3) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        does: fc.constant('busy'),
        during: fc.array(minutesAhead(900), { maxLength: 5 }),
        isPaused: fc.integer({ max: 4, min: 0 }).map((n) => n === 0),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        does: fc.constant('take'),
        during: minutesAhead(300),
        holdEndsIn: fc.oneof(fc.constant(null), fc.constant(15)),
      }),
    },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('free'), which: fc.nat(5) }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('wait'), minutes: fc.oneof(fc.nat(60), fc.nat(4_000)) }) },
  );

/** Without what one is busy with; after it the day goes on at the grid, and at the next day's beginning in any case. */
function withoutBusy(clocks: Clocks, open: readonly boolean[], busy: readonly Minutes[], grid: number): boolean[] {
  const isBusy = (n: number): boolean => busy.some(([from, to]) => from <= clocks.first + n && clocks.first + n < to);
  const left = [...open];
  let since = 0;
  let midnight = 0;
  let again: number | null = null;
  for (const [n, isOpen] of open.entries()) {
    if (isOpen && !open[n - 1]) [since, again] = [n, null];
    if (clocks.days[n] !== clocks.days[n - 1]) [midnight, again] = [n, null];
    if (isBusy(n)) {
      left[n] = false;
      again = -1;
    } else if (again !== null) {
      const from = Math.max(since, midnight);
      if (again === -1) again = from + Math.ceil((n - from) / grid) * grid;
      left[n] = isOpen && n >= again;
    }
  }
  return left;
}

/** Hours that a person could have entered: none overlap on a day, and none end before they begin. */
const sensibleHours = (clocks: Clocks): fc.Arbitrary<NaiveHours[]> =>
  randomRichHours(clocks).map((all) =>
    all
      .map((each) => (each.validTo !== null && each.validTo < each.validFrom ? { ...each, validTo: null } : each))
      .filter(
        (each, n) =>
          !all
            .slice(0, n)
            .some((other) => other.weekday === each.weekday && other.starts < each.ends && each.starts < other.ends),
      ),
  );

const roundTheClock = (clocks: Clocks): NaiveHours[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    starts: '00:00',
    ends: '24:00',
    validFrom: clocks.days[0]!,
    validTo: null,
    everyNthWeek: 1,
    weekAnchor: clocks.days[0]!,
  }));

const randomCalendar = (services: number): fc.Arbitrary<BareCalendar> =>
  fc.record({
    grid: randomGrid,
    buffersMayLeaveOpening: fc.boolean(),
    noticeMinutes: fc.constantFrom(0, 60, 1440),
    horizonDays: fc.integer({ min: 1, max: 20 }),
    services: fc.array(randomVisit, { minLength: services, maxLength: services }),
  });

describe.each([
  // The place decides whose holidays are kept, and its zone names the place.
  ['Europe/Riga', 'LV', '2026-03-15', '2026-06-01'],
  ['Europe/Tallinn', 'EE', '2026-10-10', '2027-01-01'],
] as const)('in %s, %s, from %s', (zone, country, from, to) => {
  const clocks = clocksOf(zone, from, to);
  let house: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    house = await testDatabase();
    await openBareClinic(house, zone);
    database = new Database(await newDataSource({ url: house.appUrl, poolSize: 2 }).initialize());
  });
  afterAll(async () => {
    await database?.source.destroy();
    await house?.drop();
  });

  /** The open minutes of a calendar from today until its horizon, as the naive model has them and as they are stored. */
  async function openings(
    history: History,
    n: number,
    { horizonDays, grid }: BareCalendar,
  ): Promise<{ stored: string; naive: string }> {
    const closedDays = new Set([...new Set(clocks.days)].filter((day) => isPublicHoliday(country, plain(day))));
    const hours = history.hours[n]!;
    const worked = naiveOpenings(clocks, {
      hours,
      singleDays: history.days[n]!,
      closures: [...history.closures.values()],
      closedDays,
    });
    const open = withoutBusy(clocks, worked, history.busy, grid);
    const today = clocks.days[history.now - clocks.first]!;
    const last = plain(today).add({ days: horizonDays }).toString();
    const rows = await house.sql<{ start: number; end: number }>(
      `select extract(epoch from lower(during))::float8 / 60 as start, extract(epoch from upper(during))::float8 / 60 as "end"
         from opening where calendar_id = $1 order by during`,
      [calendarIds[n]],
    );
    for (const [m, { start }] of rows.slice(1).entries()) expect(start).toBeGreaterThan(rows[m]!.end);
    const stored = Array.from(open, () => false);
    for (const { start, end } of rows) stored.fill(true, Math.max(0, start - clocks.first), end - clocks.first);
    const begin = clocks.days.indexOf(today);
    const ahead = (all: boolean[]): string =>
      all
        .slice(begin, clocks.days.lastIndexOf(last) + 1)
        .flatMap((is, m, those) =>
          is === (those[m - 1] ?? false) ? [] : [`${is ? 'from' : 'to'} ${instant(clocks.first + begin + m)}`],
        )
        .join('\n');
    return { stored: ahead(stored), naive: ahead(open) };
  }

  /** Free days as they are kept and as they would be derived now. */
  async function freeDays({ now }: History): Promise<{ kept: string[]; derived: string[] }> {
    const kept = await house.sql<{ day: string }>(
      `select concat_ws(' ', day, calendar_id, service_id, free_count, starts) as day from free_day order by 1`,
    );
    const derived = await house.sql<{ day: string }>(
      `select concat_ws(' ', (f.starts_at at time zone $3)::date, f.calendar_id, f.service_id, count(*),
                        (array_agg(f.starts_at order by f.starts_at))[1:5]) as day
         from free_starts($1, null, null, $2, $2::timestamptz + interval '1 year', $2, null) f
        group by f.calendar_id, f.service_id, (f.starts_at at time zone $3)::date order by 1`,
      [practitioner, instant(now).toString(), zone],
    );
    return { kept: kept.map(({ day }) => day), derived: derived.map(({ day }) => day) };
  }

  it('openings are what the hours yield, and free days what the openings yield, after every step', async () => {
    let seen = 0;
    const randomHistory = fc.record({
      calendars: fc.tuple(randomCalendar(2), randomCalendar(1)),
      begins: fc.nat(20 * 1440),
      atFirst: fc.oneof(sensibleHours(clocks), fc.constant(roundTheClock(clocks))),
      steps: fc.array(randomStep(clocks), { minLength: 4, maxLength: 12, size: 'max' }),
    });
    await fc.assert(
      fc.asyncProperty(randomHistory, async ({ calendars, begins, atFirst, steps }) => {
        await setBareCalendars(house, calendars, false);
        const history = new History(database, clocks.first + begins);
        for (const step of [{ does: 'publish', calendar: 0, hours: atFirst, days: new Map() } as const, ...steps]) {
          await history.do(step);
          for (const [n, calendar] of calendars.entries()) {
            if (history.hours[n]!.length === 0) continue;
            const { stored, naive } = await openings(history, n, calendar);
            expect(stored).toBe(naive);
          }
          const { kept, derived } = await freeDays(history);
          expect(kept).toEqual(derived);
          seen += kept.length;
        }
      }),
      { numRuns: 20, endOnFailure: true },
    );
    expect(seen).toBeGreaterThan(100);
  }, 120_000);
});
