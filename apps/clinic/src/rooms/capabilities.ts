import { hasMessage, type Language, translate } from '#libs/platform';

/** What rooms and devices are usually for, by the name that is kept. A clinic may add its own. */
const usual = [
  'ultrasound',
  'x-ray',
  'ct',
  'mri',
  'ecg',
  'endoscopy',
  'procedures',
  'vaccination',
  'laboratory',
  'dental-chair',
  'gynaecology-chair',
  'eye-examination',
  'physiotherapy',
  'massage',
];

/** What a capability is called: the usual ones in the reader's language, a clinic's own as it was typed. */
export function capabilityIn(language: Language, capability: string): string {
  const key = `calendars.capabilities.${capability}`;
  return hasMessage(language, key) ? translate(language, key) : capability.replaceAll('-', ' ');
}

/** The usual ones and the clinic's own, by name. */
export const capabilityChoices = (
  language: Language,
  own: readonly (string | null)[],
): { value: string; label: string }[] =>
  [...new Set([...usual, ...own.filter((each) => each !== null)])]
    .map((value) => ({ value, label: capabilityIn(language, value) }))
    .sort((a, b) => a.label.localeCompare(b.label, language));

/** The name under which words that a clinic typed are kept: `Lāzera kabinets` is `lazera-kabinets`; null: nothing is left. */
export function capabilityNamed(words: string): string | null {
  const name = words
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return name === '' ? null : name;
}
