import { Injectable } from '@nestjs/common';
import { Database, type Language } from '#libs/platform';
import { wordsSql } from './collations.js';

export type SuggestionKind = 'specialty' | 'service' | 'practitioner' | 'clinic' | 'insurer';

export interface Suggestion {
  kind: SuggestionKind;
  /** What people read. */
  label: string;
  /** A second line: the specialty of a practitioner, the cities of a clinic; empty where there is none. */
  detail: string;
  /** Where it leads, without the language: `/doctors/anna-ozola`. */
  path: string;
}

/** At most this many of each kind. */
const each = 5;
const longest = 80;

interface Row {
  kind: SuggestionKind;
  label: string;
  detail: string | null;
  key: string;
}

/**
 * How a name is compared, each way through its trigram index. `begins`: the name or one of its words begins with what was
 * typed. `resembles`: for slips of the finger; the threshold is set inside the statement, for this statement only,
 * because a swapped pair of letters ("brezins") shares so few trigrams with its name that the server's default misses it.
 */
const ways = {
  begins: {
    asked: 'select fold($1) as q',
    matches: (name: string) => `(${name} like a.q || '%' or ${name} like '% ' || a.q || '%')`,
    order: (name: string) => `case when ${name} like a.q || '%' then 0 else 1 end`,
  },
  resembles: {
    asked: `select fold($1) as q, set_config('pg_trgm.word_similarity_threshold', '0.36', true)`,
    matches: (name: string) => `a.q <% ${name}`,
    order: (name: string) => `1 - word_similarity(a.q, ${name})`,
  },
} as const;

type Way = keyof typeof ways;

const text = (way: Way, language: Language): string => {
  const { asked, matches, order } = ways[way];
  const label = wordsSql('s.name', language);
  return `
  with asked as materialized (${asked})
  (select 'specialty' as kind, ${label} as label, null as detail, s.id as key, ${order('s.search_name')} as rank
     from asked a join specialty s on ${matches('s.search_name')}
    where exists (select from practitioner_specialty ps where ps.specialty_id = s.id)
    order by rank, label limit ${each})
  union all
  (select 'service', label, null, label, min(rank) as rank
     from (select ${label} as label, ${order('s.search_name')} as rank
             from asked a join service s on ${matches('s.search_name')}
            where s.active limit 2000) s
    group by label order by rank, label limit ${each})
  union all
  (select 'practitioner', p.given_name || ' ' || p.family_name,
          (select ${label} from practitioner_specialty ps join specialty s on s.id = ps.specialty_id
            where ps.practitioner_id = p.id order by ps.position limit 1),
          p.slug, p.rank
     from (select p.*, ${order('p.search_name')} as rank
             from asked a join practitioner p on ${matches('p.search_name')}
            where p.published
            order by rank, p.family_name, p.given_name limit ${each}) p)
  union all
  (select 'clinic', c.name, (select string_agg(distinct b.city, ', ') from branch b where b.clinic_id = c.id), c.slug,
          ${order('c.search_name')} as rank
     from asked a join clinic c on ${matches('c.search_name')}
    where c.published
    order by rank, c.name limit ${each})
  union all
  (select 'insurer', i.name, null, i.id, ${order('fold(i.name)')} as rank
     from asked a join insurer i on ${matches('fold(i.name)')}
    where $2 and exists (select from clinic_insurer ci join clinic c on c.id = ci.clinic_id and c.published
                          where ci.insurer_id = i.id)
    order by rank, i.name limit ${each})`;
};

const pathOf = ({ kind, key }: Row): string => {
  if (kind === 'practitioner') return `/doctors/${encodeURIComponent(key)}`;
  if (kind === 'clinic') return `/clinics/${encodeURIComponent(key)}`;
  if (kind === 'insurer') return `/find?payer=${encodeURIComponent(`insurer:${key}`)}`;
  return kind === 'specialty' ? `/find?specialty=${encodeURIComponent(key)}` : `/find?q=${encodeURIComponent(key)}`;
};

/** What somebody may mean who has typed a few letters: accents do not matter, and small slips only where nothing fits. */
@Injectable()
export class Suggest {
  constructor(private readonly database: Database) {}

  /**
   * @param payer what was chosen already: an insurer pays for no state-paid visit, so none is suggested beside that
   * @returns five of each kind at most, grouped by kind, best first; nothing below two letters
   */
  async run(typed: string, language: Language, payer?: string): Promise<Suggestion[]> {
    // Only letters, digits and what joins them: nothing that means something to LIKE is left.
    const q = typed
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}’'-]+/gu, ' ')
      .trim()
      .slice(0, longest);
    if (q.replace(/[^\p{L}\p{N}]/gu, '').length < 2) return [];
    const hasInsurers = payer !== 'state';
    let rows = await this.database.read<Row>(text('begins', language), [q, hasInsurers]);
    if (rows.length === 0 && q.length >= 4)
      rows = await this.database.read<Row>(text('resembles', language), [q, hasInsurers]);
    return rows.map((row) => ({ kind: row.kind, label: row.label, detail: row.detail ?? '', path: pathOf(row) }));
  }
}
