import type { Language } from '#libs/platform';
import { pathTo } from '#libs/web';

/** Where one appointment is shown. @param returnTo the address that actions on it come back to */
export const panelPath = (language: Language, id: string, returnTo: string): string =>
  pathTo(language, `/appointments/${id}?${new URLSearchParams({ returnTo }).toString()}`);
