import { type Language, translate } from '#libs/platform';
import type { Missing } from '#libs/profiles';
import { pathTo } from '#libs/web';

/** What is missing, and the very field where it is filled in. */
export interface MissingLink {
  label: string;
  href: string;
}

const pageOf = (language: Language, path: string): string => {
  const [, branch, field] = /^branches\.([0-9a-f-]{36})\.(.+)$/.exec(path) ?? [];
  if (branch) return `${pathTo(language, '/setup/branches/', branch)}#${field}`;
  if (path === 'branches') return pathTo(language, '/setup/branches/new');
  if (path.startsWith('complaints.')) return `${pathTo(language, '/setup/board')}#${path}`;
  return `${pathTo(language, '/setup/clinic')}#${path}`;
};

const labelOf = (language: Language, code: string): string => translate(language, `setup.missing.${code}`);

export const missingOfCard = (language: Language, missing: readonly Missing[]): MissingLink[] =>
  missing.map(({ path, code }) => ({ label: labelOf(language, code), href: pageOf(language, path) }));

export const missingOfDoctor = (language: Language, id: string, missing: readonly Missing[]): MissingLink[] =>
  missing.map(({ path, code }) => ({
    label: labelOf(language, code),
    href: `${pathTo(language, '/setup/doctors/', id)}#${path}`,
  }));
