import { Injectable } from '@nestjs/common';
import { Database, type Language, type Words } from '#libs/platform';
import { collations, wordsSql } from './collations.js';

/** Somebody who may be the person that is about to be added. */
export interface KnownPractitioner {
  id: string;
  name: string;
  specialties: Words[];
  clinics: string[];
}

/** What the cards of a clinic and its practitioners can choose from. */
@Injectable()
export class SetupChoices {
  constructor(private readonly database: Database) {}

  /** The official list of a country, in the alphabet of a language. */
  specialties(country: 'LV' | 'EE', language: Language): Promise<{ id: string; name: Words }[]> {
    return this.database.read<{ id: string; name: Words }>(
      `select id, name from specialty where $1 = any (countries)
        order by ${wordsSql('name', language)} collate ${collations[language]}, id`,
      [country],
    );
  }

  /** Insurers of a country. */
  insurers(country: 'LV' | 'EE'): Promise<{ id: string; name: string }[]> {
    return this.database.read<{ id: string; name: string }>(
      `select id, name from insurer where country = $1 order by name collate "lv-x-icu", id`,
      [country],
    );
  }

  /**
   * Published practitioners who are called so, wherever they work, 20 at most; accents do not matter.
   * @param name two letters at least, else nobody
   */
  practitionersNamed(name: string, language: Language): Promise<KnownPractitioner[]> {
    const plain = name
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}’'-]+/gu, ' ')
      .trim()
      .slice(0, 80);
    if (plain.replace(/[^\p{L}]/gu, '').length < 2) return Promise.resolve([]);
    return this.database.read<KnownPractitioner>(
      `select p.id, p.given_name || ' ' || p.family_name as name,
              coalesce((select jsonb_agg(s.name order by ps.position)
                          from practitioner_specialty ps join specialty s on s.id = ps.specialty_id
                         where ps.practitioner_id = p.id), '[]') as specialties,
              array(select k.name from practitioner_role r join clinic k on k.id = r.clinic_id and k.published
                     where r.practitioner_id = p.id order by k.name collate ${collations[language]}) as clinics
         from practitioner p
        where p.published and (p.search_name like fold($1) || '%' or p.search_name like '% ' || fold($1) || '%')
        order by p.family_name collate ${collations[language]}, p.given_name collate ${collations[language]}, p.id
        limit 20`,
      [plain],
    );
  }
}
