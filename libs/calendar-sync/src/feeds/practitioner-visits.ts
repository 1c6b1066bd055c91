import { roomOfVisit, type Status } from '#libs/appointments';
import type { Database } from '#libs/platform';

/** A visit as a practitioner's feed may know it: nothing of the patient, the service or who pays. */
export interface PractitionerVisit {
  id: string;
  uid: string;
  sequence: number;
  status: Status;
  start: Temporal.Instant;
  end: Temporal.Instant;
  /** When its last step was. */
  changed: Temporal.Instant;
  address: string;
  room: string | null;
}

/** More than anybody receives in the time that a feed shows. */
const most = 5000;

/**
 * The visits of a practitioner at one clinic that start from one moment until another, soonest first; 5,000 at most.
 * @param branchIds those that they are bound to; null: to none
 */
export async function practitionerVisits(
  database: Database,
  asked: {
    clinicId: string;
    practitionerId: string;
    branchIds: readonly string[] | null;
    from: Temporal.Instant;
    to: Temporal.Instant;
  },
): Promise<PractitionerVisit[]> {
  const rows = await database.read<
    Omit<PractitionerVisit, 'start' | 'end' | 'changed'> & { start: Date; end: Date; changed: Date }
  >(
    `select a.id, a.ics_uid as uid, a.sequence, a.status, a.starts_at as start, a.ends_at as end,
            coalesce((select max(e.at) from appointment_event e where e.appointment_id = a.id), a.created_at) as changed,
            b.address || ', ' || b.city as address,
            ${roomOfVisit} as room
       from appointment a
       join branch b on b.id = a.branch_id
      where a.resource_id = $1 and a.clinic_id = $2 and a.starts_at >= $3 and a.starts_at < $4
        and ($5::uuid[] is null or a.branch_id = any($5))
      order by a.starts_at, a.id
      limit ${most}`,
    [
      asked.practitionerId,
      asked.clinicId,
      asked.from.toString(),
      asked.to.toString(),
      asked.branchIds && [...asked.branchIds],
    ],
  );
  return rows.map(({ start, end, changed, ...visit }) => ({
    ...visit,
    start: start.toTemporalInstant(),
    end: end.toTemporalInstant(),
    changed: changed.toTemporalInstant(),
  }));
}
