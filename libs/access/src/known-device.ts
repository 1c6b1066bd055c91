import { derive, isSameSecret, newToken } from '#libs/platform';

const proofOf = (accountId: string, device: string): Buffer => derive('known-device', accountId, device);

/** A long-lived mark of a browser in which this account has signed in. It opens nothing by itself. */
export function newKnownDevice(accountId: string): string {
  const device = newToken().slice(0, 22);
  return `${device}.${proofOf(accountId, device).toString('base64url')}`;
}

/**
 * Whether the account has signed in from here before. Such a browser is not slowed by what strangers try elsewhere, so
 * that nobody is locked out by an attack on their name (faults.md G4).
 */
export function isKnownDevice(accountId: string, mark: string | undefined): boolean {
  const [device = '', proof = ''] = (mark ?? '').split('.');
  return isSameSecret(Buffer.from(proof, 'base64url'), proofOf(accountId, device));
}
