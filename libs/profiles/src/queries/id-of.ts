const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The key if it is an id, else null: compared as what it is, so that both the slug's and the id's index serve. */
export const idOf = (key: string): string | null => (uuid.test(key) ? key : null);
