import { Injectable } from '@nestjs/common';
import { Database, type Language } from '#libs/platform';
import { collations } from './collations.js';

export interface ClinicListItem {
  id: string;
  slug: string;
  name: string;
  country: 'LV' | 'EE';
  cities: string[];
  practitioners: number;
}

/** All published clinics in the alphabet of a language; of those that work with an insurer, if one is named. */
@Injectable()
export class ClinicList {
  constructor(private readonly database: Database) {}

  run(language: Language, insurer?: string): Promise<ClinicListItem[]> {
    return this.database.read<ClinicListItem>(
      `
      select c.id, c.slug, c.name, c.country, b.cities, coalesce(r.practitioners, 0) as practitioners
        from clinic c
        join (select clinic_id, array_agg(distinct city) as cities from branch group by clinic_id) b on b.clinic_id = c.id
        left join (
          select r.clinic_id, count(*)::integer as practitioners
            from practitioner_role r
            join practitioner p on p.id = r.practitioner_id and p.published
           group by r.clinic_id) r on r.clinic_id = c.id
       where c.published
         and ($1::text is null or exists (select from clinic_insurer i where i.clinic_id = c.id and i.insurer_id = $1))
       order by c.name collate ${collations[language]}, c.id`,
      [insurer ?? null],
    );
  }
}
