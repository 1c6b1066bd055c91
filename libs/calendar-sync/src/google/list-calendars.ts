import type { Caller, Google } from './google.js';

/** A calendar that a person may choose. */
export interface CalendarToChoose {
  id: string;
  title: string;
  isFirst: boolean;
}

/** More pages of calendars than anybody has. */
const mostPages = 10;

/**
 * The calendars of a person at Google, their first one first.
 * @param leastRole what they must be allowed in it
 * @throws GoogleFailure
 */
export async function listCalendars(
  google: Google,
  caller: Caller,
  leastRole: 'owner' | 'freeBusyReader',
): Promise<CalendarToChoose[]> {
  const found: CalendarToChoose[] = [];
  let pageToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const at = pageToken;
    const answer = await google.ask(caller, (api) =>
      api.calendarList.list({
        minAccessRole: leastRole,
        maxResults: 250,
        ...(at !== undefined && { pageToken: at }),
      }),
    );
    for (const { id, summary, summaryOverride, primary } of answer.items ?? [])
      if (id) found.push({ id, title: summaryOverride ?? summary ?? id, isFirst: primary === true });
    pageToken = answer.nextPageToken ?? undefined;
    if (pageToken === undefined) break;
  }
  return found.toSorted((a, b) => Number(b.isFirst) - Number(a.isFirst));
}
