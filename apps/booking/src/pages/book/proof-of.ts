import type { HoldProof } from '#libs/appointments';
import type { WebRequest } from '#libs/web';
import { rememberedHolds } from './remembered-holds.js';

/** What shows that a hold is this browser's: the token that it remembers, or the session that took it. */
export async function proofOf(request: WebRequest, holdId: string): Promise<HoldProof> {
  const session = await request.session();
  const token = rememberedHolds(request).find(({ id }) => id === holdId)?.token;
  return { sessionId: session?.id ?? null, ...(token !== undefined && { token }) };
}
