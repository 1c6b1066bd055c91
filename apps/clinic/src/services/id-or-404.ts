import { Refusal } from '#libs/platform';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of an address. @throws Refusal `not-found` for one that is none */
export function idOr404(text: string): string {
  if (!uuid.test(text)) throw new Refusal('not-found');
  return text;
}
