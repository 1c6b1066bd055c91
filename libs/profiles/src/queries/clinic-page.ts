import { Injectable } from '@nestjs/common';
import { Database, type Language, type Words } from '#libs/platform';
import type { EmergencyProvider, ReceptionTime } from '../branch.entity.js';
import type { ComplaintContact } from '../clinic.entity.js';
import { collations, wordsSql } from './collations.js';
import { idOf } from './id-of.js';

export interface ClinicBranch {
  id: string;
  slug: string;
  name: string;
  city: string;
  address: string;
  postalCode: string;
  room: string | null;
  zone: string;
  phone: string;
  email: string | null;
  latitude: number | null;
  longitude: number | null;
  emergency: EmergencyProvider;
  reception: ReceptionTime[];
}

export interface ClinicPractitioner {
  id: string;
  slug: string;
  name: string;
  title: Words;
  specialties: { id: string; name: Words }[];
  /** The picture's hash. */
  picture: string | null;
}

export interface ClinicProfile {
  id: string;
  slug: string;
  country: 'LV' | 'EE';
  name: string;
  registrationNumber: string;
  address: string;
  phone: string;
  email: string;
  website: string | null;
  about: Words;
  complaintContacts: ComplaintContact[];
  /** The picture's hash. */
  picture: string | null;
  /** Names of the specialties that the board tells times of, by id. */
  received: Record<string, Words>;
  branches: ClinicBranch[];
  insurers: { id: string; name: string }[];
  practitioners: ClinicPractitioner[];
}

type Head = Omit<ClinicProfile, 'branches' | 'insurers' | 'practitioners'>;

/** Everything a published clinic says of itself, with who works there on a day. */
@Injectable()
export class ClinicPage {
  constructor(private readonly database: Database) {}

  /**
   * @param key the clinic's slug or id
   * @param day who works there on this day
   * @returns undefined when there is no such published clinic
   */
  async run(key: string, language: Language, day: Temporal.PlainDate): Promise<ClinicProfile | undefined> {
    const [head] = await this.database.read<Head>(
      `select id, slug, country, name, registration_number as "registrationNumber", address, phone, email, website, about,
              complaint_contacts as "complaintContacts",
              (select hash from picture i where i.clinic_id = clinic.id and i.practitioner_id is null) as picture,
              coalesce((select jsonb_object_agg(s.id, s.name) from specialty s
                         where s.id in (select t ->> 'specialty' from branch b, jsonb_array_elements(b.reception) t
                                         where b.clinic_id = clinic.id)), '{}') as received
         from clinic
        where published and (slug = $1 or id = $2)`,
      [key, idOf(key)],
    );
    if (!head) return undefined;
    const [branches, insurers, practitioners] = await Promise.all([
      this.branches(head.id, language),
      this.insurers(head.id, language),
      this.practitioners(head.id, language, day),
    ]);
    return { ...head, branches, insurers, practitioners };
  }

  private branches(clinicId: string, language: Language): Promise<ClinicBranch[]> {
    return this.database.read<ClinicBranch>(
      `select id, slug, name, city, address, postal_code as "postalCode", room, zone, phone, email, latitude, longitude,
              emergency, reception
         from branch
        where clinic_id = $1
        order by name collate ${collations[language]}`,
      [clinicId],
    );
  }

  private insurers(clinicId: string, language: Language): Promise<{ id: string; name: string }[]> {
    return this.database.read<{ id: string; name: string }>(
      `select i.id, i.name
         from clinic_insurer ci
         join insurer i on i.id = ci.insurer_id
        where ci.clinic_id = $1
        order by i.name collate ${collations[language]}`,
      [clinicId],
    );
  }

  private practitioners(clinicId: string, language: Language, day: Temporal.PlainDate): Promise<ClinicPractitioner[]> {
    return this.database.read<ClinicPractitioner>(
      `select p.id, p.slug, p.given_name || ' ' || p.family_name as name, p.title,
              (select i.hash from picture i where i.practitioner_id = p.id) as picture,
              coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name)
                       order by ps.position, ${wordsSql('s.name', language)}) filter (where s.id is not null), '[]') as specialties
         from practitioner_role r
         join practitioner p on p.id = r.practitioner_id and p.published
         left join practitioner_specialty ps on ps.practitioner_id = p.id
         left join specialty s on s.id = ps.specialty_id
        where r.clinic_id = $1 and r.active_from <= $2::date and (r.active_to is null or r.active_to >= $2::date)
        group by p.id
        order by p.family_name collate ${collations[language]}, p.given_name collate ${collations[language]}, p.id`,
      [clinicId, day.toString()],
    );
  }
}
