/** The members that say something, for hidden fields and addresses: what is empty or absent is left out. */
export const filled = (values: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((each): each is [string, string] => Boolean(each[1])));
