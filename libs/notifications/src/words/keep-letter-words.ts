import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database, type Language, Refusal } from '#libs/platform';
import { type LetterWordKind, letterWordKinds, longestWords } from './letter-words.js';
import { refuseTelling } from './refuse-telling.js';

/**
 * Keeps a clinic's own words for its letters in one language, for all branches or for one; empty words are none. They are
 * plain text: what looks like a template comes out as it was typed.
 * Refusals: `not-allowed`, `not-found` another clinic's branch, `invalid` beside the field: `too-long`, or
 * `letters.errors.telling` for a word that names a service, a specialty, a practitioner or, where letters do not name it,
 * the clinic (promise 9).
 */
@Injectable()
export class KeepLetterWords {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    clinicId,
    branchId,
    language,
    words,
  }: {
    actor: Actor;
    clinicId: string;
    /** Null: for every branch that has none of its own. */
    branchId: string | null;
    language: Language;
    words: Readonly<Record<LetterWordKind, string>>;
  }): Promise<void> {
    const staff = requireStaff(actor, clinicId, 'letters.edit', { branchId });
    const errors = letterWordKinds
      .filter((kind) => words[kind].length > longestWords[kind])
      .map((path) => ({ path, code: 'too-long' }));
    if (errors.length > 0) throw new Refusal('invalid', { errors });
    await this.database.transaction(async (tx) => {
      const places =
        branchId && (await tx.query(`select from branch where clinic_id = $1 and id = $2`, [clinicId, branchId]));
      if (places?.length === 0) throw new Refusal('not-found');
      await refuseTelling(tx, clinicId, words);
      const { greeting, signature, directions } = words;
      if (!greeting && !signature && !directions) {
        await tx.query(
          `delete from letter_words where clinic_id = $1 and branch_id is not distinct from $2 and language = $3`,
          [clinicId, branchId, language],
        );
        return;
      }
      await tx.query(
        `insert into letter_words (clinic_id, branch_id, language, greeting, signature, directions, changed_at, changed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict on constraint letter_words_once do update
           set greeting = excluded.greeting, signature = excluded.signature, directions = excluded.directions,
               changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
        [
          clinicId,
          branchId,
          language,
          greeting,
          signature,
          directions,
          this.clock.now().toString(),
          staff.staffMemberId,
        ],
      );
    });
  }
}
