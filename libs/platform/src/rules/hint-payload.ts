/** What a hint names: the resources whose time or visits changed, or that it is not known which. */
export type Hint = ReadonlySet<string> | 'all';

/** PostgreSQL takes a payload of fewer than 8,000 bytes; an id and its comma have 37. */
const mostIds = 200;

/** A hint as the payload of one NOTIFY. */
export const hintPayload = (ids: ReadonlySet<string>): string => (ids.size > mostIds ? 'all' : [...ids].join(','));

/** What a payload says; one that is not understood, as of a newer version of the portal, may mean anything. */
export function hintOf(payload: string | undefined): Hint {
  const ids = (payload ?? '').split(',');
  return ids.every((id) => /^[\da-f-]{36}$/.test(id)) ? new Set(ids) : 'all';
}
