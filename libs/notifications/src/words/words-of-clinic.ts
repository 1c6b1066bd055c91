import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database, type Language, Refusal, type Words } from '#libs/platform';
import type { LetterWordKind } from './letter-words.js';

/** What a clinic has written of its own, for all branches (`branchId` null) or for one. */
export interface WordsWritten extends Record<LetterWordKind, string> {
  branchId: string | null;
  language: Language;
}

/** A service, and in which languages its preparation is written for letters. */
export interface ServicePrepared {
  id: string;
  name: Words;
  /** The name of its specialty: services of several specialties often share one name. */
  specialty: Words;
  languages: Language[];
}

/** What letters say of how to prepare for visits with a service, in the languages in which it is written. */
interface PreparationOfService {
  name: Words;
  specialty: Words;
  preparation: Partial<Record<Language, string>>;
}

/** What a clinic adds to its letters, for those who may change it. */
@Injectable()
export class WordsOfClinic {
  constructor(private readonly database: Database) {}

  /** @throws Refusal `not-allowed` */
  async written(actor: Actor, clinicId: string): Promise<WordsWritten[]> {
    requireStaff(actor, clinicId, 'letters.edit');
    return this.database.read<WordsWritten>(
      `select branch_id as "branchId", language, greeting, signature, directions from letter_words where clinic_id = $1`,
      [clinicId],
    );
  }

  /** The branches that may have words of their own. @throws Refusal `not-allowed` */
  async branches(actor: Actor, clinicId: string): Promise<{ id: string; name: string; city: string }[]> {
    requireStaff(actor, clinicId, 'letters.edit');
    return this.database.read<{ id: string; name: string; city: string }>(
      `select id, name, city from branch where clinic_id = $1 order by city, name`,
      [clinicId],
    );
  }

  /** @throws Refusal `not-allowed` */
  async services(actor: Actor, clinicId: string): Promise<ServicePrepared[]> {
    requireStaff(actor, clinicId, 'letters.edit');
    return this.database.read<ServicePrepared>(
      `select s.id, s.name, specialty.name as specialty,
              array(select w.language from service_letter_words w where w.service_id = s.id order by w.language) as languages
         from service s
         join specialty on specialty.id = s.specialty_id
        where s.clinic_id = $1 and s.active
        order by specialty.search_name, specialty.id, s.search_name`,
      [clinicId],
    );
  }

  /** @throws Refusal `not-allowed`, `not-found` another clinic's service */
  async preparation(actor: Actor, clinicId: string, serviceId: string): Promise<PreparationOfService> {
    requireStaff(actor, clinicId, 'letters.edit');
    const [row] = await this.database.read<PreparationOfService>(
      `select s.name, specialty.name as specialty,
              (select coalesce(json_object_agg(w.language, w.preparation), '{}') from service_letter_words w
                where w.service_id = s.id) as preparation
         from service s
         join specialty on specialty.id = s.specialty_id
        where s.clinic_id = $1 and s.id = $2`,
      [clinicId, serviceId],
    );
    if (!row) throw new Refusal('not-found');
    return row;
  }
}
