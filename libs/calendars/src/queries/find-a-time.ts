import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, type Words } from '#libs/platform';
import type { Confirmation, Payer } from '../calendar.entity.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { resultDetails } from './result-details.js';

/** What a visitor looks for. Everything that is given narrows; `payer` is strict (promise 7). */
export interface Criteria {
  q?: string;
  specialty?: string;
  service?: string;
  city?: string;
  branch?: string;
  clinic?: string;
  practitioner?: string;
  payer?: Payer;
  insurer?: string;
  /** A language that the practitioner speaks. */
  language?: string;
  /** The first day, in the clinics' zone. */
  from?: Temporal.PlainDate;
  /** 1 to 100; 20 by default. */
  limit?: number;
  cursor?: string;
}

/** One calendar with its next free times. Instants are ISO text in UTC, prices cents. */
export interface Found {
  practitionerId: string;
  /** A room or device that is booked by itself has its id as slug and its name as family name. */
  kind: 'practitioner' | 'room' | 'device';
  slug: string;
  title: Words;
  givenName: string;
  familyName: string;
  languages: string[];
  specialties: { id: string; name: Words }[];
  /** Insurers are those whose policies pay for a self-paid visit. */
  clinic: { id: string; slug: string; name: string; phone: string; insurers: { id: string; name: string }[] };
  branch: { id: string; slug: string; name: string; city: string; address: string; timeZone: string };
  calendarId: string;
  payer: Payer;
  confirmation: Confirmation;
  services: { id: string; name: Words; minutes: number; priceCents: number; needsReferral: boolean }[];
  firstFree: string | null;
  nextTimes: { serviceId: string; start: string }[];
}

interface First {
  calendar_id: string;
  /** The service that is free first. */
  service_id: string;
  /** pg gives `infinity`, which sorts calendars without a free time last, as a number. */
  first_start: Date | number;
}

/** Both countries share the offset of their zones; a day of the search begins at their midnight. */
const searchZone = 'Europe/Riga';

/*
 * The walk: free days in the order of their first start. Each parameter that is null asks for nothing, so one text serves
 * every search and PostgreSQL picks the index by the values. A row is passed over when an earlier one of its calendar
 * matches too; the cursor is the last place of the page before.
 */
const walk = (known: { specialty: boolean; city: boolean; payer: boolean; more: boolean }): string => `
  select d.calendar_id, (array_agg(d.service_id order by d.first_start, d.service_id))[1] as service_id,
         min(d.first_start) as first_start, max(d.read)::integer as read
    from (
      select d.calendar_id, d.service_id, d.first_start, count(*) over () as read
        from (
          select d.calendar_id, d.service_id, d.first_start
            from free_day d
            ${known.more ? 'join calendar c on c.id = d.calendar_id join practitioner p on p.id = c.resource_id' : ''}
           where d.first_start >= $1
             ${known.payer ? 'and d.payer = $2' : 'and $2::text is null'}
             ${known.specialty ? 'and d.specialty_id = $3' : 'and $3::text is null'}
             ${known.city ? 'and d.city = $4' : 'and $4::text is null'}
             ${known.more ? 'and ($5::text is null or $5 = any(p.languages))' : 'and $5::text is null'}
             ${known.more ? 'and ($6::text is null or exists (select from clinic_insurer i where i.clinic_id = d.clinic_id and i.insurer_id = $6))' : 'and $6::text is null'}
             and ($7::timestamptz is null or (d.first_start, d.calendar_id) > ($7::timestamptz, $8::uuid))
             and ($7::timestamptz is null or not exists (
               select from free_day e
                where e.calendar_id = d.calendar_id and e.first_start >= $1
                  ${known.specialty ? 'and e.specialty_id = $3' : ''}
                  and (e.first_start, e.calendar_id) <= ($7::timestamptz, $8::uuid)))
           order by d.first_start, d.calendar_id
           limit $9) d) d
   group by d.calendar_id
   order by 3, 1
   limit $10`;

/**
 * How the words of a search are compared with a folded name `n`; `asked` gives them. `contains`: every word stands in it, in any
 * order. `resembles`: for slips of the finger; the threshold holds for this statement only.
 */
const ways = {
  contains: {
    asked: `select fold($4::text) as q`,
    matches: (n: string) => `${n} like all (select '%' || w || '%' from regexp_split_to_table(a.q, '\\s+') w)`,
  },
  resembles: {
    asked: `select fold($4::text) as q, set_config('pg_trgm.word_similarity_threshold', '0.45', true)`,
    matches: (n: string) => `a.q <% ${n}`,
  },
} as const;

/** Searches that name something: the few calendars that match, each with its first free day. */
const named = ({ asked, matches }: (typeof ways)[keyof typeof ways]): string => `
  with asked as materialized (${asked}), practitioners as (
    select p.id from asked a join practitioner p on ${matches('p.search_name')}
  ), specialties as (
    select s.id from asked a join specialty s on ${matches('s.search_name')}
  ), services as (
    select s.id from asked a join service s on ${matches('s.search_name')}
  ), clinics as (
    select k.id from asked a join clinic k on ${matches('k.search_name')}
  ), rooms as (
    select r.id from asked a join resource r on r.name is not null and ${matches('fold(r.name)')}
  ), offers as (
    select c.id as calendar_id, cs.service_id
      from calendar c
      join branch b on b.id = c.branch_id
      join resource r on r.id = c.resource_id and r.active
      left join practitioner p on p.id = r.practitioner_id
      join calendar_service cs on cs.calendar_id = c.id and cs.active
      join service s on s.id = cs.service_id
     where c.published
       and (p.published or r.practitioner_id is null)
       and ($2::text is null or c.payer = $2)
       and ($3::text is null or s.specialty_id = $3)
       and ($4::text is null or c.resource_id in (select id from practitioners) or s.specialty_id in (select id from specialties)
            or s.id in (select id from services) or c.clinic_id in (select id from clinics) or c.resource_id in (select id from rooms))
       and ($5::text is null or b.city = $5)
       and ($6::uuid is null or c.branch_id = $6)
       and ($7::uuid is null or c.clinic_id = $7)
       and ($8::uuid is null or c.resource_id = $8)
       and ($9::uuid is null or cs.service_id = $9)
       and ($10::text is null or $10 = any(p.languages))
       and ($11::text is null or exists (select from clinic_insurer i where i.clinic_id = c.clinic_id and i.insurer_id = $11))
     limit 20000
  ), firsts as (
    select o.calendar_id, (array_agg(o.service_id order by f.first_start, o.service_id))[1] as service_id,
           min(f.first_start) as first_start
      from offers o
      left join lateral (
        select d.first_start from free_day d
         where d.calendar_id = o.calendar_id and d.service_id = o.service_id and d.first_start >= $1
         order by d.day limit 1) f on true
     group by o.calendar_id
  )
  select calendar_id, service_id, coalesce(first_start, 'infinity') as first_start
    from firsts
   where $12::text is null or (coalesce(first_start, 'infinity'), calendar_id) > ($12::timestamptz, $13::uuid)
   order by 3, 1
   limit $14`;

/**
 * Practitioners by their first free time, across clinics. Pages follow each other without gaps or repeats as long as nothing
 * is booked in between. `next` is the cursor of the next page, or null.
 */
@Injectable()
export class FindATime {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(criteria: Criteria): Promise<{ items: Found[]; next: string | null }> {
    const limit = Math.min(100, Math.max(1, criteria.limit ?? 20));
    const now = this.clock.now();
    const day = criteria.from?.toZonedDateTime(searchZone).toInstant();
    const from = day && Temporal.Instant.compare(day, now) > 0 ? day : now;
    const after = criteria.cursor ? decodeCursor(criteria.cursor) : undefined;
    const isNamed = Boolean(
      criteria.q || criteria.service || criteria.branch || criteria.clinic || criteria.practitioner,
    );
    if (criteria.insurer && !(await this.isKnownInsurer(criteria.insurer))) return { items: [], next: null };
    // One more than the page tells whether there is a next one.
    const firsts = isNamed
      ? await this.named(criteria, from, after, limit + 1)
      : await this.walk(criteria, from, after, limit + 1);
    const page = firsts.slice(0, limit);
    const last = page.at(-1);
    const items = page.length > 0 ? await this.details(page, criteria, from) : [];
    return {
      items,
      next: firsts.length > limit && last ? encodeCursor({ start: last.first_start, id: last.calendar_id }) : null,
    };
  }

  /** Otherwise the walk would pass every free day there is, to find none. */
  private async isKnownInsurer(insurer: string): Promise<boolean> {
    const rows = await this.database.read(`select from clinic_insurer where insurer_id = $1 limit 1`, [insurer]);
    return rows.length > 0;
  }

  private async walk(
    { payer, specialty, city, language, insurer }: Criteria,
    from: Temporal.Instant,
    after: { start: string; id: string } | undefined,
    limit: number,
  ): Promise<First[]> {
    const text = walk({
      payer: payer !== undefined,
      specialty: specialty !== undefined,
      city: city !== undefined,
      more: language !== undefined || insurer !== undefined,
    });
    // A calendar has a row for each service and day: read some more rows than are wanted, and all if that was too few.
    for (let rows = limit * 8; ; rows *= 16) {
      const found = await this.database.read<First & { read: number }>(text, [
        from.toString(),
        payer ?? null,
        specialty ?? null,
        city ?? null,
        language ?? null,
        insurer ?? null,
        after?.start ?? null,
        after?.id ?? null,
        rows,
        limit,
      ]);
      if (found.length === limit || (found[0]?.read ?? 0) < rows) return found;
    }
  }

  private async named(
    criteria: Criteria,
    from: Temporal.Instant,
    after: { start: string; id: string } | undefined,
    limit: number,
  ): Promise<First[]> {
    const words = criteria.q?.replace(/[%_\\]/g, ' ').trim() || null;
    const ask = (way: keyof typeof ways): Promise<First[]> =>
      this.database.readPlanned<First>(named(ways[way]), [
        from.toString(),
        criteria.payer ?? null,
        criteria.specialty ?? null,
        words,
        criteria.city ?? null,
        criteria.branch ?? null,
        criteria.clinic ?? null,
        criteria.practitioner ?? null,
        criteria.service ?? null,
        criteria.language ?? null,
        criteria.insurer ?? null,
        after?.start ?? null,
        after?.id ?? null,
        limit,
      ]);
    const exact = await ask('contains');
    return exact.length > 0 || !words ? exact : ask('resembles');
  }

  private async details(page: First[], criteria: Criteria, from: Temporal.Instant): Promise<Found[]> {
    const rows = await this.database.read<Omit<Found, 'firstFree'>>(resultDetails, [
      page.map((first) => first.calendar_id),
      criteria.specialty ?? null,
      criteria.service ?? null,
      from.toString(),
      page.map((first) => first.service_id),
    ]);
    return rows.map((row) => ({ ...row, services: row.services ?? [], firstFree: row.nextTimes[0]?.start ?? null }));
  }
}
