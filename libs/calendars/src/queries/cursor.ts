import { isId, Refusal } from '#libs/platform';
import { parseInstant } from '#libs/time';

interface Place {
  start: string;
  id: string;
}

/** An opaque place in a list: the last first start (ISO, or `infinity`) and calendar of the page before. */
export const encodeCursor = ({ start, id }: { start: Date | number | string; id: string }): string =>
  Buffer.from(`${start instanceof Date ? start.toISOString() : 'infinity'} ${id}`).toString('base64url');

/** @throws Refusal `invalid` when the text is not one of ours */
export function decodeCursor(cursor: string): Place {
  const [start = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  if ((start !== 'infinity' && parseInstant(start) === null) || !isId(id)) {
    throw new Refusal('invalid', { errors: [{ path: 'cursor', code: 'unknown' }] });
  }
  return { start, id };
}
