import type { Database, Language } from '#libs/platform';
import type { LetterWords } from './letter-words.js';

/**
 * What a clinic adds to a letter in one language: its branch's words where the branch has its own, else those of all
 * branches; and the preparation of the service. Never words of another language.
 */
export async function lettersOf(
  database: Pick<Database, 'read'>,
  of: { clinicId: string; branchId: string; serviceId: string; language: Language },
): Promise<LetterWords> {
  const [row] = await database.read<LetterWords>(
    `select coalesce(nullif(b.greeting, ''), c.greeting, '') as greeting,
            coalesce(nullif(b.signature, ''), c.signature, '') as signature,
            coalesce(nullif(b.directions, ''), c.directions, '') as directions,
            coalesce(s.preparation, '') as preparation
       from (values (1)) one (n)
       left join letter_words c on c.clinic_id = $1 and c.branch_id is null and c.language = $4
       left join letter_words b on b.clinic_id = $1 and b.branch_id = $2 and b.language = $4
       left join service_letter_words s on s.service_id = $3 and s.language = $4`,
    [of.clinicId, of.branchId, of.serviceId, of.language],
  );
  if (!row) throw new Error('one row has no row');
  return row;
}
