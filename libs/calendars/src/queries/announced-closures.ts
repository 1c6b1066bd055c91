import { Inject, Injectable } from '@nestjs/common';
import { closesByLaw, type Country, type Holiday, holidaysOf } from '#libs/holidays';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { type Interval, localDate } from '#libs/time';
import { type DayDecision, dayRuleOf } from '../rules/clinic-days.js';

/** How far ahead patients are told of closures with words for them, and of holidays and other days. */
const closuresAhead = 180;
const daysAhead = 60;

/** A time that is closed, in the clinic's own words. */
export interface AnnouncedClosure extends Interval {
  words: string;
  /** The practitioner's name where it is one person's only. */
  practitioner: string | null;
}

/** A day on which a branch does otherwise than on others of its weekday, or that is a public holiday. */
export interface AnnouncedDay {
  day: Temporal.PlainDate;
  isOpen: boolean;
  /** ISO, the weekday whose hours hold. */
  worksAs: number;
  /** Minutes by which it ends earlier. */
  shorterBy: number;
  /** The public holiday of that day. */
  holiday: Holiday | undefined;
}

export interface AnnouncedByBranch {
  branchId: string;
  zone: string;
  /** Soonest first. Closures without public words stay the clinic's own business. */
  closures: AnnouncedClosure[];
  /** Saturdays and Sundays only where they are worked for another day. */
  days: AnnouncedDay[];
}

interface Row {
  branchId: string;
  country: Country;
  zone: string;
  decided: (DayDecision & { day: string })[];
  closures: { start: string; end: string; words: string; practitioner: string | null }[];
}

/** What patients are told: closures of the next 180 days that have words for them, holidays and other days of the next 60. */
@Injectable()
export class AnnouncedClosures {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * In the order of the branches.
   * @param practitionerId whose closures count besides the clinic's and the branch's; null: of everybody who works there
   */
  async run(branchIds: readonly string[], practitionerId: string | null): Promise<AnnouncedByBranch[]> {
    const now = this.clock.now();
    const rows = await this.database.read<Row>(
      `select b.id as "branchId", b.country, b.zone,
              (select coalesce(json_agg(json_build_object('day', d.day, 'kind', d.kind, 'worksAs', d.works_as, 'shorterBy', d.shorter_by)
                                        order by d.branch_id nulls first), '[]')
                 from clinic_day d
                where d.clinic_id = b.clinic_id and d.country = b.country and (d.branch_id is null or d.branch_id = b.id)
                  and d.day between ($2::timestamptz at time zone b.zone)::date and ($2::timestamptz at time zone b.zone)::date + $5::integer) as decided,
              (select coalesce(json_agg(json_build_object('start', lower(x.during), 'end', upper(x.during), 'words', x.public_reason,
                                                          'practitioner', p.given_name || ' ' || p.family_name)
                                        order by x.during, x.id), '[]')
                 from closure x
                 left join practitioner p on p.id = x.resource_id
                where x.clinic_id = b.clinic_id and x.during && tstzrange($2, $3) and x.public_reason is not null
                  and (x.branch_id is null or x.branch_id = b.id)
                  and (x.resource_id is null
                       or ($4::uuid is null or x.resource_id = $4) and p.id is not null
                          and exists (select from calendar c where c.resource_id = x.resource_id and c.branch_id = b.id))) as closures
         from unnest($1::uuid[]) with ordinality as asked (id, position)
         join branch b on b.id = asked.id
        order by asked.position`,
      [branchIds, now.toString(), now.add({ hours: 24 * closuresAhead }).toString(), practitionerId, daysAhead],
    );
    return rows.map(({ branchId, country, zone, decided, closures }) => ({
      branchId,
      zone,
      closures: closures.map((each) => ({
        ...each,
        start: Temporal.Instant.from(each.start),
        end: Temporal.Instant.from(each.end),
      })),
      days: daysToTell(localDate(now, zone), country, new Map(decided.map((each) => [each.day, each]))),
    }));
  }
}

function daysToTell(
  from: Temporal.PlainDate,
  country: Country,
  decided: ReadonlyMap<string, DayDecision>,
): AnnouncedDay[] {
  return Array.from({ length: daysAhead }, (_, n) => from.add({ days: n })).flatMap((day) => {
    const { isOpen, worksAs, shorterBy } = dayRuleOf(day, country, decided.get(day.toString()));
    const isUsual = isOpen && worksAs === day.dayOfWeek && shorterBy === 0;
    const holiday = holidaysOf(country, day.year).find((each) => closesByLaw(each) && each.date.equals(day));
    const isTold = day.dayOfWeek > 5 ? isOpen && !isUsual : !isUsual || holiday !== undefined;
    return isTold ? [{ day, isOpen, worksAs, shorterBy, holiday }] : [];
  });
}
