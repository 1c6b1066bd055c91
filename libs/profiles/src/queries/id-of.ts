import { isId } from '#libs/platform';

/** The key if it is an id, else null: compared as what it is, so that both the slug's and the id's index serve. */
export const idOf = (key: string): string | null => (isId(key.toLowerCase()) ? key : null);
