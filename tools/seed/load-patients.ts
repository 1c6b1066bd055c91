import type { Client } from 'pg';
import { personCodeIndex } from '#libs/people';
import { seal } from '#libs/platform';
import type { PlannedCalendar } from './calendar-plan.js';
import type { PlannedClinic } from './clinic-plan.js';
import { CopyIn } from './copy-in.js';
import type { PatientGroup } from './content/specialties.js';
import { patientsOf } from './patient-plan.js';

const perCalendar = 16;
/** A room's or a vaccination line's visits are short. */
const perRoom = 64;
const atLeast = 30;

/** How many patients of each group a clinic has: enough that nobody has to come twice on one day. */
export function patientGroups(
  calendars: readonly PlannedCalendar[],
  ofRooms: readonly PlannedCalendar[] = [],
): (clinic: PlannedClinic) => ReadonlyMap<PatientGroup, number> {
  const groups = new Map<PlannedClinic, Map<PatientGroup, number>>();
  const count = (all: readonly PlannedCalendar[], more: number): void => {
    for (const { offers, workplace } of all) {
      const known = groups.get(workplace.clinic) ?? new Map<PatientGroup, number>();
      for (const group of new Set(offers.map(({ patients }) => patients)))
        known.set(group, (known.get(group) ?? atLeast) + more);
      groups.set(workplace.clinic, known);
    }
  };
  count(calendars, perCalendar);
  count(ofRooms, perRoom);
  return (clinic) => groups.get(clinic) ?? new Map();
}

/** Writes the patients that the clinics keep; answers how many. */
export async function loadPatients(
  client: Client,
  clinics: readonly PlannedClinic[],
  groupsOf: (clinic: PlannedClinic) => ReadonlyMap<PatientGroup, number>,
  today: Temporal.PlainDate,
  createdAt: string,
): Promise<number> {
  const patient = new CopyIn(client, 'patient', [
    'id',
    'clinic_id',
    'given_name',
    'family_name',
    'birth_date',
    'person_code_country',
    'person_code_sealed',
    'person_code_index',
    'email',
    'phone',
    'language',
    'created_at',
  ]);
  for (const clinic of clinics) {
    const taken = new Set<string>();
    for (const [group, count] of groupsOf(clinic)) {
      for (const each of patientsOf(clinic, group, count, today, taken)) {
        const { personCode } = each;
        patient.add(
          each.id,
          clinic.id,
          each.givenName,
          each.familyName,
          each.birthDate.toString(),
          personCode?.country ?? null,
          personCode && seal(personCode.code),
          personCode && personCodeIndex(personCode),
          each.email,
          each.phone,
          each.language,
          createdAt,
        );
        if (patient.isFull) await patient.flush();
      }
    }
  }
  await patient.flush();
  return patient.rows;
}
