import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { isMobile } from '#libs/people';
import { CLOCK, type Clock, Database, Jobs, type Tx } from '#libs/platform';
import { localDate } from '#libs/time';
import { daysAhead, type ReminderSettings, usualReminders } from '../rules/reminder-settings.js';
import { dueNow, queueNoticeDueNow, queueRule } from '../rules/reminder-times.js';
import { settingsOfClinics } from './settings-of-clinics.js';
import { visitsAhead, visitsOfQueues, type VisitToRemind } from './visits-ahead.js';

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
    const reader: Pick<Tx, 'query'> = { query: (text, values) => this.database.read(text, values) };
    const look: Look = { now: this.clock.now(), settings: await settingsOfClinics(reader) };
    const days = Math.max(...[usualReminders, ...look.settings.values()].map(daysAhead));
    const found: DueReminder[] = [];
    for (const channel of ['sms', 'mail'] as const) {
      const limits = new Map([...look.settings].map(([id, settings]) => [id, settings[channel].length]));
      const usual = usualReminders[channel].length;
      found.push(
        ...this.ofChannel(look, channel, await visitsAhead(reader, channel, { now: look.now, days, usual, limits })),
      );
    }
    found.push(...this.ofQueues(look, await visitsOfQueues(reader, look)));
    return found.slice(0, mostAtOnce);
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

  private ofChannel(look: Look, channel: 'mail' | 'sms', visits: readonly VisitToRemind[]): DueReminder[] {
    const reachable = visits.filter(({ contact }) => channel === 'mail' || isMobile(contact));
    const due = new Map<string, DueReminder>();
    for (const visit of reachable) {
      const settings = settingsFor(look, visit);
      const rule = dueNow(visit, settings[channel], settings, { now: look.now, done: visit.done })?.rule;
      if (rule !== undefined) add(due, visit, channel, rule);
    }
    // The other visits of that day are told in the same reminder, even if theirs would be due a little later.
    const rules = [...new Set([...due.values()].map(({ rule }) => rule))];
    for (const visit of reachable) {
      for (const rule of rules) {
        const reminder = due.get(keyOf(visit, channel, rule));
        if (!reminder || visit.done.includes(rule) || reminder.visits.some(({ id }) => id === visit.id)) continue;
        add(due, visit, channel, rule);
      }
    }
    return [...due.values()];
  }

  private ofQueues(look: Look, visits: readonly (VisitToRemind & { channel: 'mail' | 'sms' })[]): DueReminder[] {
    const due = new Map<string, DueReminder>();
    for (const visit of visits) {
      const { now } = look;
      if (queueNoticeDueNow(visit, settingsFor(look, visit), { now, done: visit.done }))
        add(due, visit, visit.channel, queueRule);
    }
    return [...due.values()];
  }
}

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
