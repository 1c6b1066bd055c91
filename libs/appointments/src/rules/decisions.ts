/** What staff want for one appointment inside a change: it stays and is orphaned, is cancelled with notice, or moves. */
export type Decision = 'keep' | 'cancel' | { move: { calendarId: string; serviceId: string; start: Temporal.Instant } };

/** By the appointment's id. */
export type Decisions = Readonly<Record<string, Decision>>;

/** Decisions as they are stored: JSON.stringify wrote them. */
export interface StoredDecisions {
  byAppointment: Record<string, 'keep' | 'cancel' | { move: { calendarId: string; serviceId: string; start: string } }>;
  reasonCode: string;
  note: string | null;
}

export function decisionsOf({ byAppointment }: StoredDecisions): Map<string, Decision> {
  return new Map(
    Object.entries(byAppointment).map(([id, decision]) => [
      id,
      typeof decision === 'string'
        ? decision
        : { move: { ...decision.move, start: Temporal.Instant.from(decision.move.start) } },
    ]),
  );
}

/** Whether exactly those who are inside were decided about: nobody is missing, and nobody else is touched. */
export function areAbout(decisions: ReadonlySet<string>, inside: ReadonlySet<string>): boolean {
  return decisions.size === inside.size && [...decisions].every((id) => inside.has(id));
}
