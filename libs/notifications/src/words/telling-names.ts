import type { Tx, Words } from '#libs/platform';

/** The names of a clinic that letters may not say, and what they say anyway. */
export interface TellingNames {
  /** Of services, their and the practitioners' specialties, titles and family names, in every language. */
  names: string[];
  /** Addresses, and the clinic's own name where letters name it. */
  harmless: string[];
}

/** All that a clinic's own words could tell by. Past people and ended services count: somebody was with them. */
export async function tellingNames(tx: Pick<Tx, 'query'>, clinicId: string): Promise<TellingNames> {
  const rows = await tx.query<{ kind: 'harmless' | 'name'; words: Words | null; word: string | null }>(
    `with of_clinic as (
       select s.specialty_id as id from service s where s.clinic_id = $1
       union
       select d.specialty_id from practitioner_role r
         join practitioner_specialty d on d.practitioner_id = r.practitioner_id where r.clinic_id = $1)
     select 'name' as kind, s.name as words, null as word from service s where s.clinic_id = $1
     union all
     select 'name', unnest(array[p.name, p.synonyms]), null from specialty p join of_clinic o on o.id = p.id
     union all
     select 'name', d.title, d.family_name from practitioner d
       join practitioner_role r on r.practitioner_id = d.id where r.clinic_id = $1
     union all
     select case when k.named_in_letters then 'harmless' else 'name' end, null, k.name from clinic k where k.id = $1
     union all
     select 'harmless', null, b.address || ' ' || b.city from branch b where b.clinic_id = $1`,
    [clinicId],
  );
  const texts = (kind: 'harmless' | 'name'): string[] =>
    rows
      .filter((row) => row.kind === kind)
      .flatMap(({ words, word }) => [...Object.values(words ?? {}).flat(), ...(word === null ? [] : [word])]);
  return { names: texts('name'), harmless: texts('harmless') };
}
