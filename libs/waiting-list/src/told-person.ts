import { open, seal } from '#libs/platform';

/** A person as they were named when they turned to the clinic, and how to reach them about it. */
export interface ToldPerson {
  givenName: string;
  familyName: string;
  email: string | null;
  phone: string | null;
}

/** As it is kept: nobody reads it without the portal's keys. */
export const sealPerson = ({ givenName, familyName, email, phone }: ToldPerson): Buffer =>
  seal(JSON.stringify({ givenName, familyName, email, phone } satisfies ToldPerson));

/** What was sealed so. */
export const openPerson = (sealed: Buffer): ToldPerson => JSON.parse(open(sealed)) as ToldPerson;
