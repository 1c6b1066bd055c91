import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database, Refusal, type Tx } from '#libs/platform';
import { mostQuestions, type Question } from './rules/questions.js';

/** Locks the service, so that two who edit its questions do so one after the other. @throws Refusal `not-found` */
async function lockService(tx: Tx, clinicId: string, serviceId: string): Promise<void> {
  const rows = await tx.query(`select id from service where clinic_id = $1 and id = $2 for no key update`, [
    clinicId,
    serviceId,
  ]);
  if (rows.length === 0) throw new Refusal('not-found');
}

const valuesOf = (question: Omit<Question, 'id'>): unknown[] => [
  question.kind,
  JSON.stringify(question.words),
  question.required,
  JSON.stringify(question.options),
  [...question.stopValues],
  question.stopBelow,
  question.stopAbove,
  JSON.stringify(question.advice),
];

/**
 * Adds a question to a service, at the end, or changes one. What people have answered is kept with the words that they
 * were asked.
 * Refusals: `not-found` another clinic's, `not-allowed`, `invalid` at `kind` when there are twelve already.
 */
@Injectable()
export class SaveQuestion {
  constructor(private readonly database: Database) {}

  async run({
    actor,
    clinicId,
    serviceId,
    id,
    question,
  }: {
    actor: Actor;
    clinicId: string;
    serviceId: string;
    /** Null: a new one. */
    id: string | null;
    question: Omit<Question, 'id'>;
  }): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit');
    await this.database.transaction(async (tx) => {
      await lockService(tx, clinicId, serviceId);
      if (id === null) return this.add(tx, clinicId, serviceId, question);
      const changed = await tx.query(
        `update service_question
            set kind = $4, words = $5, required = $6, options = $7, stop_values = $8, stop_below = $9, stop_above = $10,
                advice = $11
          where clinic_id = $1 and service_id = $2 and id = $3
          returning id`,
        [clinicId, serviceId, id, ...valuesOf(question)],
      );
      if (changed.length === 0) throw new Refusal('not-found');
    });
  }

  private async add(tx: Tx, clinicId: string, serviceId: string, question: Omit<Question, 'id'>): Promise<void> {
    const [last] = await tx.query<{ position: number; asked: number }>(
      `select coalesce(max(position), 0) as position, count(*)::integer as asked from service_question where service_id = $1`,
      [serviceId],
    );
    if ((last?.asked ?? 0) >= mostQuestions)
      throw new Refusal('invalid', { errors: [{ path: 'kind', code: 'services.errors.too-many-questions' }] });
    await tx.query(
      `insert into service_question
         (clinic_id, service_id, position, kind, words, required, options, stop_values, stop_below, stop_above, advice)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [clinicId, serviceId, (last?.position ?? 0) + 1, ...valuesOf(question)],
    );
  }
}

/** Puts a question one place up or down, or takes it away. Refusals: `not-found` another clinic's, `not-allowed`. */
@Injectable()
export class ArrangeQuestion {
  constructor(private readonly database: Database) {}

  async run({
    actor,
    clinicId,
    serviceId,
    id,
    how,
  }: {
    actor: Actor;
    clinicId: string;
    serviceId: string;
    id: string;
    how: 'up' | 'down' | 'remove';
  }): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit');
    await this.database.transaction(async (tx) => {
      await lockService(tx, clinicId, serviceId);
      const rows = await tx.query<{ id: string }>(
        `select id from service_question where clinic_id = $1 and service_id = $2 order by position, id`,
        [clinicId, serviceId],
      );
      const ids = rows.map((row) => row.id);
      const at = ids.indexOf(id);
      if (at < 0) throw new Refusal('not-found');
      ids.splice(at, 1);
      if (how === 'remove') await tx.query(`delete from service_question where id = $1`, [id]);
      else ids.splice(how === 'up' ? Math.max(0, at - 1) : at + 1, 0, id);
      await tx.query(
        `update service_question q set position = o.n from unnest($1::uuid[]) with ordinality as o(id, n) where q.id = o.id`,
        [ids],
      );
    });
  }
}
