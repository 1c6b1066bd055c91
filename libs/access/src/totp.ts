import { generateSecret, generateURI, verify } from 'otplib';

/** A new secret for an authenticator program, base 32. */
export const newTotpSecret = (): string => generateSecret();

/** What the program scans. */
export const totpAddress = (secret: string, label: string): string =>
  generateURI({ issuer: 'Pieraksts', label, secret });

/** Seconds that a phone's clock may be off, one step each way (RFC 6238, 5.2). */
const tolerance = 30;

/**
 * The time step that a code belongs to, or null when it is wrong or of a step that was used before (RFC 6238, 5.2:
 * the verifier must not take a code twice).
 */
export async function stepOf(
  secret: string,
  code: string,
  now: Temporal.Instant,
  lastStep: number,
): Promise<number | null> {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const epoch = Math.floor(now.epochMilliseconds / 1000);
  const result = await verify({ secret, token, epoch, epochTolerance: tolerance });
  if (!result.valid || !('timeStep' in result)) return null;
  return result.timeStep > lastStep ? result.timeStep : null;
}
