import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { isMobile } from '#libs/people';
import { CLOCK, type Clock, Database, Jobs } from '#libs/platform';
import { localDate } from '#libs/time';
import { hoursAhead, type ReminderSettings, usualReminders } from '../rules/reminder-settings.js';
import { dueNow, queueNoticeDueNow, queueRule } from '../rules/reminder-times.js';
import { settingsOfClinics } from './settings-of-clinics.js';
import {
  type Reach,
  type ToldBefore,
  toldBefore,
  visitsAhead,
  visitsOfQueues,
  type VisitToRemind,
} from './visits-ahead.js';

/** Visits of one person, clinic and local day of which one reminder tells. */
export interface DueReminder {
  clinicId: string;
  channel: 'mail' | 'sms';
  rule: string;
  day: Temporal.PlainDate;
  visits: { id: string; start: Temporal.Instant }[];
}

/** So many in one round; the next one, a minute later, goes on. */
const mostAtOnce = 500;

/** What is looked for; `settings` of the clinics that have their own. */
interface Look {
  now: Temporal.Instant;
  settings: ReadonlyMap<string, ReminderSettings>;
}

/**
 * Reminders are found, never planned: each round asks which booked visits are near and what was told already, so that
 * nothing is left to take back when a visit is moved or cancelled (pitfall 18).
 */
@Injectable()
export class MakeReminders {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What is due at this moment, soonest visit first. */
  async due(): Promise<DueReminder[]> {
    const look = await this.look();
    const found: DueReminder[] = [];
    for (const channel of ['sms', 'mail'] as const) {
      const reachOf = (settings: ReminderSettings): Reach => ({
        n: settings[channel].length,
        hours: hoursAhead(settings[channel]),
      });
      const own = new Map([...look.settings].map(([id, settings]) => [id, reachOf(settings)]));
      const visits = await visitsAhead(this.database.reader, channel, {
        now: look.now,
        usual: reachOf(usualReminders),
        own,
      });
      found.push(...(await this.ofChannel(look, channel, visits)));
    }
    return found.slice(0, mostAtOnce);
  }

  /** Whom to tell of time and place a month ahead (R3-22). */
  async dueOfQueues(): Promise<DueReminder[]> {
    const look = await this.look();
    const months = [usualReminders, ...look.settings.values()].flatMap(({ queueMonths }) => queueMonths ?? []);
    // A month has 28 days at least; what exactly is asked is asked below, by the calendar.
    const days = 28 * Math.min(...months);
    const visits = await visitsOfQueues(this.database.reader, { now: look.now, days });
    const due = new Map<string, DueReminder>();
    for (const channel of ['sms', 'mail'] as const) {
      const maybe = visits.filter(
        (visit) =>
          visit.channel === channel &&
          queueNoticeDueNow({ ...visit, setAt: null }, settingsFor(look, visit), { now: look.now, done: [] }),
      );
      const told = await toldBefore(
        this.database.reader,
        channel,
        maybe.map(({ id }) => id),
      );
      for (const visit of maybe) {
        const { setAt, done } = told.get(visit.id) ?? nothing;
        const isDue = queueNoticeDueNow({ ...visit, setAt }, settingsFor(look, visit), { now: look.now, done });
        if (isDue) add(due, visit, channel, queueRule);
      }
    }
    return [...due.values()].slice(0, mostAtOnce);
  }

  /**
   * Writes a reminder and its job, in one transaction of its own: whatever is wrong with one person's stops nobody else's.
   * Of two workers that do it at once one writes it (faults.md B5).
   * @returns its id; null when nothing was left to remind of
   */
  async make({ clinicId, channel, rule, day, visits }: DueReminder): Promise<string | null> {
    const id = randomUUID();
    return this.database.transaction(async (tx) => {
      await tx.query(
        `insert into reminder (id, clinic_id, channel, rule, day, made_at) values ($1, $2, $3, $4, $5, $6)`,
        [id, clinicId, channel, rule, day.toString(), this.clock.now().toString()],
      );
      const told = await tx.query(
        `insert into reminder_visit (reminder_id, clinic_id, appointment_id, starts_at, channel, rule)
         select $1, a.clinic_id, a.id, a.starts_at, $3, $4
           from unnest($5::uuid[], $6::timestamptz[]) as w(id, start)
           join appointment a on a.id = w.id and a.starts_at = w.start and a.status = 'booked' and a.clinic_id = $2
          order by a.id
         on conflict on constraint reminder_visit_once do nothing
         returning appointment_id`,
        [id, clinicId, channel, rule, visits.map((visit) => visit.id), visits.map(({ start }) => start.toString())],
      );
      if (told.length === 0) {
        await tx.query(`delete from reminder where id = $1`, [id]);
        return null;
      }
      await this.jobs.send(tx, 'reminder-due', { reminderId: id });
      return id;
    });
  }

  private async ofChannel(
    look: Look,
    channel: 'mail' | 'sms',
    visits: readonly VisitToRemind[],
  ): Promise<DueReminder[]> {
    const { now } = look;
    const reachable = visits.filter(({ contact }) => channel === 'mail' || isMobile(contact));
    const ruleOf = (visit: VisitToRemind, { setAt, done }: ToldBefore): string | undefined => {
      const settings = settingsFor(look, visit);
      return dueNow({ ...visit, setAt }, settings[channel], settings, { now, done })?.rule;
    };
    // A letter of the booking only ever puts a reminder off: what is not due without one is not asked about.
    const maybe = reachable.filter((visit) => ruleOf(visit, nothing) !== undefined);
    const told = await toldBefore(
      this.database.reader,
      channel,
      maybe.map(({ id }) => id),
    );
    const due = new Map<string, DueReminder>();
    for (const visit of maybe) {
      const rule = ruleOf(visit, told.get(visit.id) ?? nothing);
      if (rule !== undefined) add(due, visit, channel, rule);
    }
    // The other visits of that day are told in the same reminder, even if theirs would be due a little later.
    const rules = [...new Set([...due.values()].map(({ rule }) => rule))];
    for (const visit of due.size > 0 ? reachable : []) {
      for (const rule of rules) {
        const reminder = due.get(keyOf(visit, channel, rule));
        if (reminder && !reminder.visits.some(({ id }) => id === visit.id)) add(due, visit, channel, rule);
      }
    }
    return [...due.values()];
  }

  private async look(): Promise<Look> {
    return { now: this.clock.now(), settings: await settingsOfClinics(this.database.reader) };
  }
}

const nothing: ToldBefore = { setAt: null, done: [] };

const settingsFor = ({ settings }: Look, { clinicId }: VisitToRemind): ReminderSettings =>
  settings.get(clinicId) ?? usualReminders;

/** One person is one address or number at one clinic. */
const keyOf = ({ clinicId, contact, start, zone }: VisitToRemind, channel: string, rule: string): string =>
  [clinicId, channel, rule, localDate(start, zone).toString(), contact.toLowerCase()].join('\n');

function add(due: Map<string, DueReminder>, visit: VisitToRemind, channel: 'mail' | 'sms', rule: string): void {
  const key = keyOf(visit, channel, rule);
  const { id, start, clinicId, zone } = visit;
  const known = due.get(key);
  if (known) known.visits.push({ id, start });
  else due.set(key, { clinicId, channel, rule, day: localDate(start, zone), visits: [{ id, start }] });
}
