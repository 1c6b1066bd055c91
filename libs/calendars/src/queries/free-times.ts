import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import type { Payer } from '../calendar.entity.js';
import { VersionReader, versionText } from './versions.js';

export interface SlotsQuestion {
  calendarId: string;
  serviceId: string;
  /** Starts in [from, to); at most 62 days. */
  from: Temporal.Instant;
  to: Temporal.Instant;
  /** An appointment whose own time counts as free. */
  moving?: string;
}

export interface Slots {
  calendarId: string;
  serviceId: string;
  payer: Payer;
  timeZone: string;
  computedAt: string;
  slots: { start: string; end: string }[];
  firstFree: string | null;
}

interface Answer {
  /** The JSON of `Slots`, built by PostgreSQL, in UTF-8. */
  body: Buffer;
  version: string;
  /** Epoch milliseconds from which the answer is another: the next minute, or the end of a hold. */
  validUntil: number;
}

const keyOf = ({ calendarId, serviceId, from, to }: SlotsQuestion): string =>
  `${calendarId} ${serviceId} ${from.epochMilliseconds} ${to.epochMilliseconds}`;

const text = `
  select ${versionText} as version, h.soonest as "soonest",
         json_build_object(
           'calendarId', c.id, 'serviceId', cs.service_id, 'payer', c.payer, 'timeZone', b.zone, 'computedAt', to_char($5::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
         )::text as facts,
         coalesce((
           select '[' || string_agg('{"start":"' || to_char(f.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                    || '","end":"' || to_char(f.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '"}', ',') || ']'
             from free_starts(c.resource_id, c.id, cs.service_id, $3, $4, $5::timestamptz, $6) f), '[]') as slots,
         (select to_char(min(d.first_start) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            from free_day d
           where d.calendar_id = c.id and d.service_id = cs.service_id and d.first_start >= $5::timestamptz) as first_free
    from calendar c
    join branch b on b.id = c.branch_id
    join resource r on r.id = c.resource_id
    join calendar_service cs on cs.calendar_id = c.id and cs.active
    left join lateral (
      select min(o.expires_at) as soonest from occupation o
       where o.resource_id = r.id and o.expires_at > $5::timestamptz and o.during && tstzrange($3, $4)) h on true
   where c.id = $1 and cs.service_id = $2 and c.published`;

/**
 * The free times of one service in one calendar. An answer is kept while nothing changed: the resource's version is read
 * for every question, so that no answer is older than a commit that the asker could know of (performance.md P2).
 */
@Injectable()
export class FreeTimes {
  private readonly answers = new LRUCache<string, Answer>({
    max: 5_000,
    maxSize: 64 * 1024 * 1024,
    sizeCalculation: (answer) => answer.body.length,
  });

  constructor(
    private readonly database: Database,
    private readonly versions: VersionReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The answer as JSON, ready to be sent. @throws Refusal `not-found`: no such published offer */
  async json(question: SlotsQuestion): Promise<Buffer> {
    const now = this.clock.now();
    if (question.moving) return (await this.ask(question, now)).body;
    const kept = await this.kept(question);
    if (kept) return kept;
    const answer = await this.ask(question, now);
    this.answers.set(keyOf(question), answer);
    return answer.body;
  }

  /** The kept answer, if there is one that is still true. */
  private async kept(question: SlotsQuestion): Promise<Buffer | undefined> {
    const kept = this.answers.get(keyOf(question));
    if (!kept || kept.validUntil <= this.clock.now().epochMilliseconds) return undefined;
    return (await this.versions.ofCalendar(question.calendarId)) === kept.version ? kept.body : undefined;
  }

  /** @throws Refusal `not-found`: no such published offer */
  async slots(question: SlotsQuestion): Promise<Slots> {
    return JSON.parse((await this.json(question)).toString('utf8')) as Slots;
  }

  private async ask(question: SlotsQuestion, now: Temporal.Instant): Promise<Answer> {
    const [row] = await this.database.read<{
      version: string;
      soonest: Date | null;
      facts: string;
      slots: string;
      first_free: string | null;
    }>(text, [
      question.calendarId,
      question.serviceId,
      question.from.toString(),
      question.to.toString(),
      now.toString(),
      question.moving ?? null,
    ]);
    if (!row) throw new Refusal('not-found');
    const nextMinute = (Math.floor(now.epochMilliseconds / 60_000) + 1) * 60_000;
    return {
      version: row.version,
      validUntil: Math.min(nextMinute, row.soonest?.getTime() ?? nextMinute),
      body: Buffer.from(
        `${row.facts.slice(0, -1)},"slots":${row.slots},"firstFree":${JSON.stringify(row.first_free)}}`,
      ),
    };
  }
}
