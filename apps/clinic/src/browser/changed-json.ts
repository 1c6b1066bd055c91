/** The answer to GET /api/calendar/appointments/{id}/last-step?version=…, in the reader's language. */
export interface ChangedJson {
  /** The newest. */
  version: number;
  /** Who changed what and when since the version that was asked about; empty: nobody. */
  text: string;
}

/** The answer to GET /api/calendar/appointments/changed?seen=<id>:<version>,…: those that are not as they were read. */
export interface ChangedAmongJson {
  changed: { id: string; text: string }[];
}
