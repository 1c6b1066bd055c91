import { insert } from './build-row.js';
import type { TestDatabase } from './database.js';

interface Place {
  clinicId: string;
  branchId: string;
}

/** A room at a branch that can be used for something. */
export const aRoom = (
  database: TestDatabase,
  { clinicId, branchId }: Place,
  { capability = 'ultrasound', name = 'Kabinets 12' } = {},
): Promise<string> =>
  database
    .sql<{
      id: string;
    }>(
      `insert into resource (id, kind, clinic_id, branch_id, name, capability) values (uuidv7(), 'room', $1, $2, $3, $4) returning id`,
      [clinicId, branchId, name, capability],
    )
    .then(([row]) => row?.id ?? '');

/** Says that a visit for the calendar's service takes a room of this capability. */
export const needsRoom = async (
  database: TestDatabase,
  { clinicId, serviceId }: { clinicId: string; serviceId: string },
  capability = 'ultrasound',
): Promise<void> => {
  await insert(database, 'service_need', { clinic_id: clinicId, service_id: serviceId, capability });
};

/** Makes a calendar's service one of group sessions, and opens a session of half an hour there. */
export async function aSession(
  database: TestDatabase,
  { clinicId, calendarId, serviceId }: { clinicId: string; calendarId: string; serviceId: string },
  { start, seats }: { start: string; seats: number },
): Promise<string> {
  const end = Temporal.Instant.from(start).add({ minutes: 30 }).toString();
  await database.sql('update calendar_service set by_session = true where calendar_id = $1 and service_id = $2', [
    calendarId,
    serviceId,
  ]);
  const id = await insert(database, 'group_session', {
    clinic_id: clinicId,
    calendar_id: calendarId,
    service_id: serviceId,
    starts_at: start,
    ends_at: end,
    seats,
  });
  await database.sql(
    `insert into occupation (resource_id, during, owner_kind, owner_id, clinic_id)
     select resource_id, tstzrange($2, $3), 'session', $4, clinic_id from calendar where id = $1`,
    [calendarId, start, end, id],
  );
  return id;
}

/** A month's limit of what the state pays for, from the month on in which 1 December 2026 lies. */
export const aQuota = (
  database: TestDatabase,
  { clinicId, practitionerId }: { clinicId: string; practitionerId: string },
  limits: { visits_a_month?: number; visits_a_day?: number; minutes_a_month?: number; cents_a_month?: number },
): Promise<string> =>
  insert(database, 'quota', { clinic_id: clinicId, resource_id: practitionerId, valid_from: '2026-12-01', ...limits });
