/** NIST SP 800-63B asks for eight characters beside a second factor; ASVS 6.2.9 for at least 64 to be taken. */
export const passwordLength = { least: 12, most: 200 } as const;

/** What people choose first once twelve characters are asked for (ASVS 6.2.4). */
const common =
  /^(?:password|parole|parool|пароль|qwerty|letmein|welcome|admin|iloveyou|changeme|labdien|teretere|1q2w3e4r)+[\d!.?*#_-]*$/iu;

/** A few signs again and again, or in their order on the keyboard. */
function isPattern(password: string): boolean {
  if (new Set(password).size < 5) return true;
  const rows = ['0123456789', '9876543210', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];
  return rows.some((row) => `${row}${row}`.includes(password.toLowerCase()));
}

/**
 * What is wrong with a password that somebody chooses: a code of a form's mistakes, or null. No signs are prescribed and
 * nothing is cut off (ASVS 6.2.5, 6.2.8).
 * @param about words that others know of them: address, name, clinic
 */
export function passwordMistake(password: string, about: readonly string[] = []): string | null {
  const length = Array.from(password.normalize('NFC')).length;
  if (length < passwordLength.least) return 'staff.errors.password-short';
  if (length > passwordLength.most) return 'too-long';
  const plain = password.toLowerCase();
  const rest = about
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}\d]+/u))
    .filter((word) => word.length >= 4)
    .reduce((left, word) => left.replaceAll(word, ''), plain);
  if (common.test(password) || isPattern(password) || Array.from(rest).length < 6) return 'staff.errors.password-known';
  return null;
}
