/** What a calendar's own form needs to be filled in. */
export interface CalendarEntry {
  summary: string;
  description: string;
  location: string;
  start: Temporal.Instant;
  end: Temporal.Instant;
}

export interface CalendarLinks {
  google: string;
  outlook: string;
}

/** 2026-12-01T07:30:00Z → 20261201T073000Z */
const compact = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');

const link = (address: string, parameters: Record<string, string>): string =>
  `${address}?${new URLSearchParams(parameters).toString().replaceAll('+', '%20')}`;

/** Addresses that open a filled-in event in the visitor's own Google or Outlook calendar. They say no more than a letter. */
export const calendarLinksOf = (entry: CalendarEntry): CalendarLinks => ({
  google: link('https://calendar.google.com/calendar/render', {
    action: 'TEMPLATE',
    text: entry.summary,
    dates: `${compact(entry.start)}/${compact(entry.end)}`,
    details: entry.description,
    location: entry.location,
  }),
  outlook: link('https://outlook.live.com/calendar/0/deeplink/compose', {
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: entry.summary,
    startdt: entry.start.toString({ smallestUnit: 'second' }),
    enddt: entry.end.toString({ smallestUnit: 'second' }),
    body: entry.description,
    location: entry.location,
  }),
});
