import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database, type Language, Refusal, type Words } from '#libs/platform';
import type { ServiceDetails } from '../save-service.js';
import { collations, wordsSql } from './collations.js';

/** A service as its clinic's staff read it. */
export interface ClinicService extends ServiceDetails {
  id: string;
  specialty: Words;
  active: boolean;
  /** How many questions it asks. */
  questions: number;
}

const columns = `s.id, s.specialty_id as "specialtyId", y.name as specialty, s.name, s.minutes, s.mode, s.active,
  s.buffer_before as "bufferBefore", s.buffer_after as "bufferAfter", s.preparation,
  s.referral_required as "referralRequired", s.referral_scope as "referralScope", s.referral_offered as "referralOffered",
  s.age_from as "ageFrom", s.age_from_unit as "ageFromUnit", s.age_to as "ageTo", s.age_to_unit as "ageToUnit", s.sex,
  s.visit_kind as "visitKind", s.target_groups as "targetGroups", s.confirmation,
  (select count(*)::integer from service_question q where q.service_id = s.id) as questions`;

/** What a clinic offers, for those who look after it. */
@Injectable()
export class ServicesOfClinic {
  constructor(private readonly database: Database) {}

  /** By specialty and name; those that have ended last. @throws Refusal `not-found`, `not-allowed` */
  all(actor: Actor, clinicId: string, language: Language): Promise<ClinicService[]> {
    requireStaff(actor, clinicId, 'profile.edit');
    return this.database.read<ClinicService>(
      `select ${columns}
         from service s join specialty y on y.id = s.specialty_id
        where s.clinic_id = $1
        order by not s.active, ${wordsSql('y.name', language)} collate ${collations[language]},
                 ${wordsSql('s.name', language)} collate ${collations[language]}, s.id
        limit 1000`,
      [clinicId],
    );
  }

  /** @throws Refusal `not-found` also for another clinic's, `not-allowed` */
  async one(actor: Actor, clinicId: string, id: string): Promise<ClinicService> {
    requireStaff(actor, clinicId, 'profile.edit');
    const [row] = await this.database.read<ClinicService>(
      `select ${columns} from service s join specialty y on y.id = s.specialty_id where s.clinic_id = $1 and s.id = $2`,
      [clinicId, id],
    );
    if (!row) throw new Refusal('not-found');
    return row;
  }

  /** Every specialty there is, for the clinic to choose from. */
  specialties(language: Language): Promise<{ id: string; name: Words }[]> {
    return this.database.read<{ id: string; name: Words }>(
      `select s.id, s.name from specialty s order by ${wordsSql('s.name', language)} collate ${collations[language]}`,
    );
  }
}
