/**
 * The days of a grid as its script reads them from the page, and later from GET /api/calendar/day or /week: words are
 * already in the reader's language. Places in the grid (`at`, `until`) are minutes on its axis, because it knows no
 * zones: what the branch's clocks show, except before a change of clocks (`shift`).
 */
export interface DayJson {
  /** Changes whenever anything on these days does; compared with GET /api/calendar/version. */
  version: string;
  view: 'day' | 'week';
  /** The first one. */
  day: string;
  zone: string;
  /** The hours that the grid shows, as minutes on the axis. */
  from: number;
  to: number;
  /** Minutes between the starts that can be chosen. */
  grid: number;
  shift: ShiftJson | null;
  /** Where it was in the branch when this was read, if on one of these days. */
  now: { at: number; columns: string[] } | null;
  columns: ColumnJson[];
  visits: VisitJson[];
  /** Group sessions; their people are not among the visits. */
  sessions: SessionJson[];
  /** Working time, by column. */
  openings: (BlockJson & { payer: 'state' | 'paid' })[];
  /** Time outside all openings of a column. */
  closed: BlockJson[];
  /** Closures, with the staff's own words for them. */
  closures: (BlockJson & { label: string })[];
  /** Open and taken by nothing, from now on. */
  free: (BlockJson & { label: string })[];
  /** Time taken by what is no appointment of this branch: a hold, a move that waits, another branch. */
  taken: (BlockJson & { label: string })[];
  words: WordsJson;
}

/** A change of clocks: what to add to the axis before it, and how far the zone was from UTC before and after. */
export interface ShiftJson {
  before: number;
  minutes: number;
  offsets: [string, string];
}

/** A stretch of time in a column. */
export interface BlockJson {
  column: string;
  at: number;
  until: number;
}

export interface ColumnJson {
  /** The resource in a grid of one day, the day in a grid of one resource. */
  id: string;
  resourceId: string;
  /** 'YYYY-MM-DD' */
  day: string;
  name: string;
  detail: string;
  /** Where its name leads: from a day to the week of its practitioner, from a week to the day. */
  href: string;
  /** Whether the reader may book it by itself: not a room that only visits take. */
  isBookable: boolean;
}

export interface SessionJson extends BlockJson {
  id: string;
  payer: 'state' | 'paid';
  /** The session's own page. */
  href: string;
  service: string;
  /** `3/8`. */
  seats: string;
  isFull: boolean;
  /** Everything in one sentence, for who hears it instead of seeing it. */
  spoken: string;
}

export interface VisitJson extends BlockJson {
  id: string;
  /** What the branch's clocks show, 'YYYY-MM-DDTHH:MM'. */
  start: string;
  end: string;
  version: number;
  status: 'pending' | 'booked' | 'arrived' | 'checked-in' | 'fulfilled' | 'noshow';
  payer: 'state' | 'paid';
  isPortal: boolean;
  isMovable: boolean;
  /** Outside all working hours: withdrawn since, or booked there knowingly. */
  isOrphaned: boolean;
  /** Booked beside another, knowingly. */
  isBeside: boolean;
  /** The patient has said that they come. */
  isPromised: boolean;
  /** The patient's name. */
  name: string;
  service: string;
}

/** What the script says beside names. */
export interface WordsJson {
  payer: Record<'state' | 'paid', string>;
  /** In one word. */
  payerShort: Record<'state' | 'paid', string>;
  status: Record<VisitJson['status'], string>;
  statusShort: Record<VisitJson['status'], string>;
  portal: string;
  promised: string;
  orphaned: string;
  beside: string;
  now: string;
  bookHere: string;
}

/** The answer to POST /api/calendar/appointments/{id}/move and …/undo. */
export interface MovedJson {
  id: string;
  version: number;
  /** What happened, in the reader's language. */
  message: string;
  /** For how long it can be undone; 0: not. */
  undoSeconds: number;
}
