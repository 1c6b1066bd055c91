/** How an id is written, for patterns that hold one among other things. */
export const idPattern = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const whole = new RegExp(`^${idPattern}$`);

/** Whether a text can be the id of a row; what cannot is never asked of the database. */
export const isId = (text: string): boolean => whole.test(text);
