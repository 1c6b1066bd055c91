/** The answer to GET /api/calendar/appointments/{id}/last-step?version=…, in the reader's language. */
export interface ChangedJson {
  /** The newest. */
  version: number;
  /** Who changed what and when since the version that was asked about; empty: nobody. */
  text: string;
}
