import { Injectable } from '@nestjs/common';
import { Database, type Tx, type Words } from '#libs/platform';
import type { ForWhom } from '../rules/for-whom.js';
import type { Question } from '../rules/questions.js';

/** For whom a service is, what it asks, and what it needs. */
export interface ServiceConditions extends ForWhom {
  id: string;
  clinicId: string;
  country: 'LV' | 'EE';
  specialtyId: string;
  specialty: Words;
  name: Words;
  preparation: Words;
  minutes: number;
  mode: 'in-person' | 'phone' | 'video';
  /** Not ended, and of a clinic that is published. */
  isOffered: boolean;
  referralRequired: boolean;
  referralScope: 'state' | 'all';
  referralOffered: boolean;
  /** In their order. */
  questions: Question[];
}

/** The conditions of a service, or undefined when there is no such service. */
export async function serviceConditions(
  reader: Pick<Tx, 'query'>,
  serviceId: string,
): Promise<ServiceConditions | undefined> {
  const [row] = await reader.query<ServiceConditions>(
    `select s.id, s.clinic_id as "clinicId", k.country, s.specialty_id as "specialtyId", y.name as specialty, s.name,
            s.preparation, s.minutes, s.mode, s.active and k.published as "isOffered", s.referral_required as "referralRequired",
            s.referral_scope as "referralScope", s.referral_offered as "referralOffered", s.age_from as "ageFrom",
            s.age_from_unit as "ageFromUnit", s.age_to as "ageTo", s.age_to_unit as "ageToUnit", s.sex,
            s.visit_kind as "visitKind", s.target_groups as "targetGroups",
            coalesce((
              select jsonb_agg(jsonb_build_object(
                       'id', q.id, 'kind', q.kind, 'words', q.words, 'required', q.required, 'options', q.options,
                       'stopValues', q.stop_values, 'stopBelow', q.stop_below, 'stopAbove', q.stop_above,
                       'advice', q.advice) order by q.position, q.id)
                from service_question q where q.service_id = s.id), '[]') as questions
       from service s
       join clinic k on k.id = s.clinic_id
       join specialty y on y.id = s.specialty_id
      where s.id = $1`,
    [serviceId],
  );
  return row;
}

/** The conditions of one service, for pages that ask before anything is taken. */
@Injectable()
export class ConditionsOfService {
  constructor(private readonly database: Database) {}

  /** @returns undefined when there is no such service */
  run(serviceId: string): Promise<ServiceConditions | undefined> {
    return serviceConditions(this.database.reader, serviceId);
  }
}
