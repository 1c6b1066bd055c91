import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database, Refusal } from '#libs/platform';
import type { Question } from '../rules/questions.js';
import { serviceConditions } from './service-conditions.js';

/** The questions of a service, for those who write them. */
@Injectable()
export class QuestionsOfService {
  constructor(private readonly database: Database) {}

  /** In their order. @throws Refusal `not-found` also for another clinic's service, `not-allowed` */
  async run(actor: Actor, clinicId: string, serviceId: string): Promise<Question[]> {
    requireStaff(actor, clinicId, 'profile.edit');
    const service = await serviceConditions(this.database.reader, serviceId);
    if (service?.clinicId !== clinicId) throw new Refusal('not-found');
    return service.questions;
  }
}
