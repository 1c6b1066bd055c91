import { type Actor, requireStaff } from '#libs/access';
import { Refusal, type Tx } from '#libs/platform';
import type { ImportState } from './import-run.entity.js';

/** An import of the actor's clinic, locked, with who the actor is there. @throws Refusal `not-found`, `not-allowed` */
export async function lockImport(
  tx: Tx,
  actor: Actor,
  importId: string,
): Promise<{ clinicId: string; state: ImportState; mistakes: number; files: number; staffMemberId: string }> {
  const [run] = await tx.query<{ clinicId: string; state: ImportState; mistakes: number; files: number }>(
    `select r.clinic_id as "clinicId", r.state, r.mistakes,
            (select count(*)::integer from import_file f where f.import_id = r.id) as files
       from import_run r where r.id = $1 for no key update`,
    [importId],
  );
  if (!run) throw new Refusal('not-found');
  const { staffMemberId } = requireStaff(actor, run.clinicId, 'profile.edit');
  return { ...run, staffMemberId };
}
