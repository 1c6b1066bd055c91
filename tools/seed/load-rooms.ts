import type { Client } from 'pg';
import { CopyIn } from './copy-in.js';
import type { KeptDay } from './kept-days-plan.js';
import type { PlannedRooms } from './room-plan.js';

export async function loadRooms(client: Client, { rooms }: PlannedRooms): Promise<void> {
  const resource = new CopyIn(client, 'resource', ['id', 'kind', 'clinic_id', 'branch_id', 'name', 'capability']);
  for (const { id, kind, clinic, branch, name, capability } of rooms)
    resource.add(id, kind, clinic.id, branch.id, name, capability);
  await resource.flush();
}

export async function loadNeeds(client: Client, { needs }: PlannedRooms): Promise<void> {
  const need = new CopyIn(client, 'service_need', ['clinic_id', 'service_id', 'capability']);
  for (const { service, capability } of needs) need.add(service.clinic.id, service.id, capability);
  await need.flush();
}

export async function loadKeptDays(client: Client, keptDays: readonly KeptDay[], at: string): Promise<void> {
  const day = new CopyIn(client, 'clinic_day', [
    'clinic_id',
    'country',
    'day',
    'kind',
    'shorter_by',
    'note',
    'changed_by',
    'changed_at',
  ]);
  for (const { clinic, day: date, kind, shorterBy, note } of keptDays)
    day.add(clinic.id, clinic.data.country, date.toString(), kind, shorterBy, note, clinic.admin.id, at);
  await day.flush();
}
