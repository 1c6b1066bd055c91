import { Injectable } from '@nestjs/common';
import { Database, type Language, type Words } from '#libs/platform';
import { collations, wordsSql } from './collations.js';
import { idOf } from './id-of.js';

export interface PractitionerProfile {
  id: string;
  slug: string;
  givenName: string;
  familyName: string;
  name: string;
  title: Words;
  languages: string[];
  about: Words;
  specialties: { id: string; name: Words }[];
  clinics: {
    id: string;
    slug: string;
    name: string;
    phone: string;
    country: 'LV' | 'EE';
    /** What limits the times there, in the clinic's words. */
    restrictions?: Words;
  }[];
  /** The picture's hash. */
  picture?: string | null;
}

/** What a published practitioner says of themself, with the published clinics where they work on a day. */
@Injectable()
export class PractitionerPage {
  constructor(private readonly database: Database) {}

  /**
   * @param key the practitioner's slug or id
   * @returns undefined when there is no such published practitioner
   */
  async run(key: string, language: Language, day: Temporal.PlainDate): Promise<PractitionerProfile | undefined> {
    const [profile] = await this.database.read<PractitionerProfile>(
      `select p.id, p.slug, p.given_name as "givenName", p.family_name as "familyName",
              p.given_name || ' ' || p.family_name as name, p.title, p.languages, p.about,
              (select i.hash from picture i where i.practitioner_id = p.id) as picture,
              coalesce((
                select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name)
                                 order by ps.position, ${wordsSql('s.name', language)})
                  from practitioner_specialty ps
                  join specialty s on s.id = ps.specialty_id
                 where ps.practitioner_id = p.id), '[]') as specialties,
              coalesce((
                select jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'phone', c.phone,
                                                    'country', c.country,
                                                    'restrictions', r.restrictions)
                                 order by c.name collate ${collations[language]})
                  from practitioner_role r
                  join clinic c on c.id = r.clinic_id and c.published
                 where r.practitioner_id = p.id
                   and r.active_from <= $2::date and (r.active_to is null or r.active_to >= $2::date)), '[]') as clinics
         from practitioner p
        where p.published and (p.slug = $1 or p.id = $3)`,
      [key, day.toString(), idOf(key)],
    );
    return profile;
  }
}
