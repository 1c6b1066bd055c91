import { Injectable } from '@nestjs/common';
import { Database, type Language, type Words } from '#libs/platform';
import { collations, wordsSql } from './collations.js';

export interface SpecialtyChoice {
  id: string;
  name: Words;
  /** Published practitioners who have it. */
  practitioners: number;
}

export interface ServiceChoice {
  id: string;
  clinicId: string;
  specialtyId: string;
  name: Words;
  minutes: number;
  mode: 'in-person' | 'phone' | 'video';
  referralRequired: boolean;
}

/** What a search can be narrowed by, each list in the alphabet of a language. */
@Injectable()
export class Choices {
  constructor(private readonly database: Database) {}

  /** Specialties that a published practitioner has. */
  specialties(language: Language): Promise<SpecialtyChoice[]> {
    return this.database.read<SpecialtyChoice>(`
      select s.id, s.name, n.practitioners
        from specialty s
        join (select ps.specialty_id, count(*)::integer as practitioners
                from practitioner_specialty ps
                join practitioner p on p.id = ps.practitioner_id and p.published
               group by ps.specialty_id) n on n.specialty_id = s.id
       order by ${wordsSql('s.name', language)} collate ${collations[language]}`);
  }

  /** Services of published clinics, of one clinic or specialty if told, 500 at most. */
  services(language: Language, within: { clinicId?: string; specialtyId?: string } = {}): Promise<ServiceChoice[]> {
    return this.database.read<ServiceChoice>(
      `select s.id, s.clinic_id as "clinicId", s.specialty_id as "specialtyId", s.name, s.minutes, s.mode,
              s.referral_required as "referralRequired"
         from service s
         join clinic c on c.id = s.clinic_id and c.published
        where s.active and ($1::uuid is null or s.clinic_id = $1) and ($2::text is null or s.specialty_id = $2)
        order by ${wordsSql('s.name', language)} collate ${collations[language]}, s.id
        limit 500`,
      [within.clinicId ?? null, within.specialtyId ?? null],
    );
  }

  /** Cities with a branch of a published clinic. */
  async cities(language: Language): Promise<{ city: string; country: 'LV' | 'EE' }[]> {
    return this.database.read<{ city: string; country: 'LV' | 'EE' }>(`
      select city, country
        from (select distinct b.city, c.country from branch b join clinic c on c.id = b.clinic_id and c.published) each
       order by city collate ${collations[language]}`);
  }

  /** Insurers whose policies some published clinic takes. */
  insurers(language: Language): Promise<{ id: string; name: string; country: 'LV' | 'EE' }[]> {
    return this.database.read<{ id: string; name: string; country: 'LV' | 'EE' }>(`
      select i.id, i.name, i.country
        from insurer i
       where exists (select from clinic_insurer ci join clinic c on c.id = ci.clinic_id and c.published
                      where ci.insurer_id = i.id)
       order by i.name collate ${collations[language]}`);
  }

  /** Branches of published clinics, for the way on when nothing is free; of one city if told. */
  branches(language: Language, city?: string): Promise<BranchChoice[]> {
    return this.database.read<BranchChoice>(
      `select b.id, b.name, b.city, b.address, b.phone, c.slug as "clinicSlug", c.name as "clinicName", b.emergency
         from branch b
         join clinic c on c.id = b.clinic_id and c.published
        where $1::text is null or fold(b.city) = fold($1)
        order by b.city collate ${collations[language]}, c.name collate ${collations[language]}, b.id
        limit 200`,
      [city ?? null],
    );
  }
}

export interface BranchChoice {
  id: string;
  name: string;
  city: string;
  address: string;
  phone: string;
  clinicSlug: string;
  clinicName: string;
  emergency: { name: string; address: string; phone: string };
}
