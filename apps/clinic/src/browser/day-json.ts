/**
 * The day as the calendar script reads it from GET /api/calendar/day: words are already in the reader's language and
 * times are the branch's wall clock ('YYYY-MM-DDTHH:MM'), because the grid knows no zones.
 */
export interface DayJson {
  /** Changes whenever anything on this day does; compared with GET /api/calendar/version. */
  version: string;
  day: string;
  zone: string;
  /** The hours that the grid shows, 'HH:MM'. */
  from: string;
  to: string;
  /** Minutes between the starts that can be chosen. */
  grid: number;
  columns: ColumnJson[];
  visits: VisitJson[];
  /** Group sessions; their people are not among the visits. */
  sessions: SessionJson[];
  /** Working time, by column. */
  openings: OpeningJson[];
  /** Time outside all openings of a column. */
  closed: { column: string; start: string; end: string }[];
  /** Time taken by what is no appointment of this branch: a hold, a move that waits, another branch. */
  taken: { column: string; start: string; end: string; label: string }[];
}

export interface ColumnJson {
  id: string;
  name: string;
  detail: string;
  /** Whether it can be booked by itself: not a room that only visits take. */
  isBookable: boolean;
}

export interface SessionJson {
  id: string;
  column: string;
  start: string;
  end: string;
  payer: 'state' | 'paid';
  /** The session's own page. */
  href: string;
  service: string;
  /** `3/8`. */
  seats: string;
  isFull: boolean;
  payerShort: string;
  /** Everything in one sentence, for who hears it instead of seeing it. */
  spoken: string;
}

export interface OpeningJson {
  column: string;
  start: string;
  end: string;
  payer: 'state' | 'paid';
}

export interface VisitJson {
  id: string;
  column: string;
  /** The practitioner, room or device that it is booked with. */
  resourceId: string;
  start: string;
  end: string;
  version: number;
  status: string;
  payer: 'state' | 'paid';
  isPortal: boolean;
  isMovable: boolean;
  isOrphaned: boolean;
  /** The patient's name. */
  name: string;
  service: string;
  /** 'State' or 'Paid', in one word. */
  payerShort: string;
  /** Everything in one sentence, for who hears it instead of seeing it. */
  spoken: string;
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
