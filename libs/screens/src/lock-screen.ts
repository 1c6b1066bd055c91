import { type Actor, requireSomewhere, requireStaff } from '#libs/access';
import { Refusal, type Tx } from '#libs/platform';

/** The screen of a clinic, locked, for those who may change it. @throws Refusal `not-found` also of another clinic, `not-allowed` */
export async function lockScreen(
  tx: Tx,
  actor: Actor,
  clinicId: string,
  id: string,
): Promise<{ id: string; generation: number }> {
  requireSomewhere(actor, clinicId, 'screens.edit');
  const [screen] = await tx.query<{ id: string; generation: number; branchId: string }>(
    `select id, generation, branch_id as "branchId" from waiting_screen where id = $1 and clinic_id = $2 for no key update`,
    [id, clinicId],
  );
  if (!screen) throw new Refusal('not-found');
  requireStaff(actor, clinicId, 'screens.edit', screen);
  return screen;
}
