import { type Known, type KnownBranch, newId } from '../known.js';
import type { Findings } from '../mistakes.js';
import { RowReader } from '../row-reader.js';
import type { Row } from '../rules/mistake.js';
import { differing, ownKey, type SeenKeys } from './match-row.js';
import type { Plan } from './plan.js';

const zones = ['Europe/Riga', 'Europe/Tallinn'] as const;
const zone = (cell: string) => {
  const found = zones.find((each) => each.toLowerCase() === cell.toLowerCase());
  return found ? ({ ok: true, value: found } as const) : ({ ok: false, code: 'zone' } as const);
};

/** Branches: a name and the contacts may change later; where it is, is the profile's to change. */
export function planBranches(rows: readonly Row[], known: Known, plan: Plan, findings: Findings): void {
  const seen: SeenKeys = new Map();
  for (const each of rows) planBranch(new RowReader(each, findings), known, plan, findings, seen);
}

function planBranch(row: RowReader, known: Known, plan: Plan, findings: Findings, seen: SeenKeys): void {
  const key = ownKey(row, seen);
  const said = {
    name: row.neededText('name', 200),
    city: row.neededText('city', 100),
    address: row.neededText('address', 200),
    postalCode: row.text('postal_code', 20),
    room: row.text('room', 100),
    phone: row.phone('phone', known.country),
    email: row.email('email'),
    zone: row.optional('zone', zone),
  };
  const emergency = emergencyOf(row);
  const before = (key && known.branches.ofKey(key)) ?? (said.name && known.branches.ofName(said.name)) ?? undefined;
  if (before === undefined && emergency === undefined && !row.isWrong && !anyEmergency(known))
    row.wrong('emergency_name', 'emergency-needed');
  if (!before && known.isPublished) row.wrong('name', 'branch-of-published');
  if (row.isWrong || key === undefined || said.name === undefined) return;
  if (before) return change(row, { ...said, emergency }, before, key, known, plan, findings);
  const branch: KnownBranch = {
    id: newId(),
    name: said.name,
    city: said.city ?? '',
    address: said.address ?? '',
    postalCode: said.postalCode ?? '',
    room: said.room ?? null,
    zone: said.zone ?? known.zone,
    phone: said.phone ?? known.phone,
    email: said.email ?? null,
    emergency: emergency ?? anyEmergency(known) ?? { name: '', address: '', phone: '' },
  };
  plan.branches.added.push(branch);
  plan.keys.push({ kind: 'branch', key, id: branch.id });
  known.branches.add(branch, [branch.name]);
  known.branches.call(key, branch.id);
  findings.count('branch', 'added');
}

const emergencyColumns = ['emergency_name', 'emergency_address', 'emergency_phone'] as const;

/** All three or none: half of where to go in an emergency helps nobody (R3-05). */
function emergencyOf(row: RowReader): KnownBranch['emergency'] | undefined {
  if (!emergencyColumns.some((column) => row.has(column))) return undefined;
  const [name, address, phone] = emergencyColumns.map((column) => row.neededText(column, 200));
  return name && address && phone ? { name, address, phone } : undefined;
}

const anyEmergency = (known: Known): KnownBranch['emergency'] | undefined =>
  [...known.branches.byId.values()][0]?.emergency;

type Said = Partial<Omit<KnownBranch, 'id'>>;

function change(
  row: RowReader,
  { emergency, ...said }: Said,
  before: KnownBranch,
  key: string,
  known: Known,
  plan: Plan,
  findings: Findings,
): void {
  plan.keys.push({ kind: 'branch', key, id: before.id });
  known.branches.call(key, before.id);
  const kept = differing(row, {
    city: [said.city, before.city],
    address: [said.address, before.address],
    postal_code: [said.postalCode, before.postalCode],
    zone: [said.zone, before.zone],
  });
  for (const column of kept) row.note(column, 'keeps-its-value');
  const { name, phone, email, room } = said;
  const changed = differing(row, {
    name: [name, before.name],
    phone: [phone, before.phone],
    email: [email, before.email],
    room: [room, before.room],
    emergency_name: [emergency?.name, before.emergency.name],
    emergency_address: [emergency?.address, before.emergency.address],
    emergency_phone: [emergency?.phone, before.emergency.phone],
  });
  if (changed.length > 0) {
    const after = { ...before, name: name ?? before.name, phone: phone ?? before.phone };
    plan.branches.changed.push({
      ...after,
      email: email ?? before.email,
      room: room ?? before.room,
      emergency: emergency ?? before.emergency,
    });
  }
  findings.count('branch', changed.length > 0 ? 'changed' : kept.length > 0 ? 'kept' : 'same');
}
