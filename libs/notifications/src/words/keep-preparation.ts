import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database, type Language, languages, Refusal } from '#libs/platform';
import { longestWords } from './letter-words.js';
import { refuseTelling } from './refuse-telling.js';

/**
 * Keeps how to prepare for visits with one service, as letters say it, in each language; an empty text is none. It is
 * plain text and says nothing of what the visit is for.
 * Refusals: `not-allowed`, `not-found` another clinic's service, `invalid` beside the language: `too-long`, or
 * `letters.errors.telling` (promise 9).
 */
@Injectable()
export class KeepPreparation {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    clinicId,
    serviceId,
    preparation,
  }: {
    actor: Actor;
    clinicId: string;
    serviceId: string;
    preparation: Readonly<Record<Language, string>>;
  }): Promise<void> {
    const staff = requireStaff(actor, clinicId, 'letters.edit');
    const errors = languages
      .filter((language) => preparation[language].length > longestWords.preparation)
      .map((language) => ({ path: `preparation.${language}`, code: 'too-long' }));
    if (errors.length > 0) throw new Refusal('invalid', { errors });
    await this.database.transaction(async (tx) => {
      const services = await tx.query(`select from service where clinic_id = $1 and id = $2`, [clinicId, serviceId]);
      if (services.length === 0) throw new Refusal('not-found');
      await refuseTelling(
        tx,
        clinicId,
        Object.fromEntries(languages.map((language) => [`preparation.${language}`, preparation[language]])),
      );
      const values = [clinicId, serviceId, languages, languages.map((language) => preparation[language])];
      await tx.query(
        `delete from service_letter_words w using unnest($3::text[], $4::text[]) n (language, preparation)
          where w.clinic_id = $1 and w.service_id = $2 and w.language = n.language and n.preparation = ''`,
        values,
      );
      await tx.query(
        `insert into service_letter_words (clinic_id, service_id, language, preparation, changed_at, changed_by)
         select $1, $2, n.language, n.preparation, $5, $6
           from unnest($3::text[], $4::text[]) n (language, preparation)
          where n.preparation <> ''
         on conflict on constraint service_letter_words_pkey do update
           set preparation = excluded.preparation, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
        [...values, this.clock.now().toString(), staff.staffMemberId],
      );
    });
  }
}
