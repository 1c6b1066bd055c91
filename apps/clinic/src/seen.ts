import { idPattern } from '#libs/platform';

/** A row with the version that its reader saw. */
export interface Seen {
  id: string;
  version: number;
}

/** `<id>:<version>`, as forms and addresses write it. */
export const seenPattern = `${idPattern}:[1-9]\\d{0,8}`;

/** Reads what `seenPattern` fits. */
export const seenOf = (text: string): Seen => {
  const [id = '', version = ''] = text.split(':');
  return { id, version: Number(version) };
};
