import { branchCells, emergencyOf, patientCells, practitionerCells, serviceCells } from './fhir-cells.js';
import { appointmentPaths, ignoredStatuses, smallPaths } from './fhir-paths.js';
import {
  alternatives,
  at,
  extension,
  hoursOfRole,
  keyOf,
  listAt,
  minutesBetween,
  namesOf,
  textAt,
  typeOfReference,
} from './fhir-values.js';
import type { SmallKind } from './kinds.js';
import type { Mistake, Row } from './mistake.js';

/** What the first reading keeps of a resource: enough for others to refer to it. */
type Known =
  | { type: 'Patient'; cells: string }
  | { type: 'Slot'; schedule: string[] }
  | { type: 'PractitionerRole'; role: Role }
  | { type: string; key: string };

interface Role {
  practitioner: string;
  locations: string[];
  services: string[];
  hours: Record<string, string>[];
  entry: number;
}

/**
 * A FHIR R4 Bundle as the same rows that tables have (S-2.20). Read it twice: `learn` every entry, because references may
 * point forward, then ask `appointment` for each. Slots only say which Schedule a visit belongs to: what is free is
 * derived from hours. References are followed by fullUrl (urn:uuid too), by Type/id, by identifier and into `contained`.
 */
export class BundleRows {
  private readonly known = new Map<string, Known>();
  private readonly rows: [SmallKind, Row][] = [];
  private readonly roles: Role[] = [];
  private readonly schedules: { row: Row; roles: Role[]; services: string[]; practitioner: string; branch: string }[] =
    [];
  private readonly prices = new Map<string, string>();
  private readonly emergencies: Record<string, string>[] = [];
  readonly mistakes: Mistake[] = [];

  constructor(
    private readonly file: number,
    private readonly country: 'LV' | 'EE',
  ) {}

  /** Takes in an entry of the first reading. @returns whether it is an appointment */
  learn(entry: unknown, index: number): boolean {
    const resource = at(entry, 'resource');
    const fullUrl = textAt(entry, 'fullUrl');
    const type = textAt(resource, 'resourceType');
    switch (type) {
      case 'Appointment':
        return true;
      case 'Patient':
        this.keep(resource, fullUrl, { type, cells: JSON.stringify(patientCells(resource)) });
        break;
      case 'Slot':
        this.keep(resource, fullUrl, { type, schedule: namesOf(at(resource, 'schedule')) });
        break;
      case 'Location':
        this.location(resource, fullUrl, index);
        break;
      case 'Practitioner':
        this.practitioner(resource, fullUrl, index);
        break;
      case 'PractitionerRole':
        this.role(resource, fullUrl, index);
        break;
      case 'HealthcareService':
        this.service(resource, fullUrl, index);
        break;
      case 'Schedule':
        this.keep(resource, fullUrl, { type, key: keyOf(resource, fullUrl) });
        this.later.push(() => this.schedule(resource, fullUrl, index));
        break;
    }
    return false;
  }

  private later: (() => void)[] = [];

  /** After the first reading: what stands in the Bundle but appointments. */
  small(): readonly (readonly [SmallKind, Row])[] {
    for (const each of this.later) each();
    this.later = [];
    const [emergency] = this.emergencies;
    const rows = this.rows.map(([kind, row]): [SmallKind, Row] => {
      if (kind === 'branch') return [kind, { ...row, cells: { ...emergency, ...row.cells } }];
      if (kind !== 'practitioner') return [kind, row];
      return [kind, { ...row, cells: { ...row.cells, ...this.specialtiesOf(row.cells['key'] ?? '', row.cells) } }];
    });
    return [...rows, ...this.schedules.flatMap((schedule) => this.rowsOfSchedule(schedule))];
  }

  /** @returns the row of an appointment, `ignored`, or undefined for another resource */
  appointment(entry: unknown, index: number): Row | 'ignored' | undefined {
    const resource = at(entry, 'resource');
    if (textAt(resource, 'resourceType') !== 'Appointment') return undefined;
    const status = textAt(resource, 'status');
    if (ignoredStatuses.includes(status)) return 'ignored';
    const actors = listAt(resource, 'participant').map((each) => at(each, 'actor'));
    const [start, end] = [textAt(resource, 'start'), textAt(resource, 'end')];
    const slot = this.find(at(resource, 'slot', 0), resource);
    const schedule = slot && 'schedule' in slot ? this.byNames(slot.schedule) : undefined;
    const role = this.roleOf(actors, resource);
    const patient = this.patientOf(actors, resource);
    return {
      file: this.file,
      line: index,
      cells: {
        key: keyOf(resource, textAt(entry, 'fullUrl')),
        status,
        calendar: schedule ?? (slot ? '' : this.keyOfActor(actors, resource, 'Schedule')),
        practitioner: role?.practitioner ?? this.keyOfActor(actors, resource, 'Practitioner'),
        branch:
          this.keyOfActor(actors, resource, 'Location') ||
          (role?.locations.length === 1 ? role.locations[0] : '') ||
          '',
        payer: textAt(extension(resource, 'payer'), 'valueCode'),
        service: this.keyOfActor(actors, resource, 'HealthcareService') || alternatives(at(resource, 'serviceType', 0)),
        start,
        minutes: minutesBetween(start, end) || textAt(resource, 'minutesDuration'),
        ...patient,
      },
      paths: appointmentPaths,
    };
  }

  private keep(resource: unknown, fullUrl: string, known: Known): void {
    const id = textAt(resource, 'id');
    if (fullUrl) this.known.set(fullUrl, known);
    if (id) this.known.set(`${textAt(resource, 'resourceType')}/${id}`, known);
  }

  private add(kind: SmallKind, index: number, type: string, cells: Record<string, string>): void {
    const paths = Object.fromEntries(
      Object.keys(cells).map((column) => [column, `${type}.${smallPaths[column] ?? column}`]),
    );
    this.rows.push([kind, { file: this.file, line: index, cells, paths }]);
  }

  private location(resource: unknown, fullUrl: string, index: number): void {
    const emergency = emergencyOf(resource);
    if (emergency) return void this.emergencies.push(emergency);
    const key = keyOf(resource, fullUrl);
    this.keep(resource, fullUrl, { type: 'Location', key });
    this.add('branch', index, 'Location', { key, ...branchCells(resource) });
  }

  private practitioner(resource: unknown, fullUrl: string, index: number): void {
    const key = keyOf(resource, fullUrl);
    this.keep(resource, fullUrl, { type: 'Practitioner', key });
    this.add('practitioner', index, 'Practitioner', { key, ...practitionerCells(resource, this.language) });
  }

  private readonly specialties = new Map<string, { specialties: string; active_from: string; active_to: string }>();

  private role(resource: unknown, fullUrl: string, index: number): void {
    const keys = (element: string): string[] =>
      listAt(resource, element)
        .map((each) => this.keyOfReference(each))
        .filter((each) => each !== '');
    const role: Role = { practitioner: '', locations: [], services: [], hours: hoursOfRole(resource), entry: index };
    this.keep(resource, fullUrl, { type: 'PractitionerRole', role });
    this.roles.push(role);
    this.later.unshift(() => {
      role.practitioner = this.keyOfReference(at(resource, 'practitioner'));
      role.locations = keys('location');
      role.services = keys('healthcareService');
      const specialties = listAt(resource, 'specialty')
        .map((each) => alternatives(each))
        .filter((each) => each !== '');
      this.specialties.set(role.practitioner, {
        specialties: specialties.join('|'),
        active_from: textAt(resource, 'period', 'start').slice(0, 10),
        active_to: textAt(resource, 'period', 'end').slice(0, 10),
      });
    });
  }

  private specialtiesOf(key: string, cells: Readonly<Record<string, string>>): Record<string, string> {
    return { specialties: cells['specialties'] ?? '', ...this.specialties.get(key) };
  }

  private service(resource: unknown, fullUrl: string, index: number): void {
    const key = keyOf(resource, fullUrl);
    this.keep(resource, fullUrl, { type: 'HealthcareService', key });
    const price = textAt(extension(resource, 'price'), 'valueMoney', 'value');
    if (price) this.prices.set(key, price);
    this.add('service', index, 'HealthcareService', { key, ...serviceCells(resource, this.language) });
  }

  private schedule(resource: unknown, fullUrl: string, index: number): void {
    const actors = listAt(resource, 'actor');
    const role = this.roleOf(actors, resource);
    const practitioner = role?.practitioner ?? this.keyOfActor(actors, resource, 'Practitioner');
    const branch =
      this.keyOfActor(actors, resource, 'Location') || (role?.locations.length === 1 ? role.locations[0] : '') || '';
    const roles = role
      ? [role]
      : this.roles.filter(
          (each) =>
            each.practitioner === practitioner && (each.locations.length === 0 || each.locations.includes(branch)),
        );
    const named = actors
      .filter((each) => this.typeOf(each) === 'HealthcareService')
      .map((each) => this.keyOfReference(each));
    const services = named.length > 0 ? named : roles.flatMap((each) => each.services);
    const cells = {
      key: keyOf(resource, fullUrl),
      practitioner,
      branch,
      payer: textAt(extension(resource, 'payer'), 'valueCode'),
    };
    const paths = { practitioner: 'Schedule.actor', branch: 'Schedule.actor', payer: 'Schedule.extension(payer)' };
    this.schedules.push({ row: { file: this.file, line: index, cells, paths }, roles, services, practitioner, branch });
  }

  private rowsOfSchedule({ row, roles, services }: (typeof this.schedules)[number]): [SmallKind, Row][] {
    const calendar = row.cells['key'] ?? '';
    const offers = [...new Set(services)].map((service): [SmallKind, Row] => {
      const price = this.prices.get(service) ?? '';
      const cells = { calendar, service, price: row.cells['payer'] === 'state' && !price ? '0' : price };
      return [
        'offer',
        { ...row, cells, paths: { service: 'Schedule.actor', price: 'HealthcareService.extension(price)' } },
      ];
    });
    const hours = roles.flatMap(({ hours: times, entry }) =>
      times.map((time): [SmallKind, Row] => {
        const paths = Object.fromEntries(Object.keys(time).map((each) => [each, 'PractitionerRole.availableTime']));
        return ['hours', { file: this.file, line: entry, cells: { ...time, calendar }, paths }];
      }),
    );
    return [['calendar', row], ...offers, ...hours];
  }

  private get language(): 'lv' | 'et' {
    return this.country === 'EE' ? 'et' : 'lv';
  }

  private find(reference: unknown, holder?: unknown): Known | undefined {
    const names = namesOf(reference);
    if (names[0]?.startsWith('#')) {
      const inside = listAt(holder, 'contained').find((each) => `#${textAt(each, 'id')}` === names[0]);
      const type = textAt(inside, 'resourceType');
      if (type === 'Patient') return { type, cells: JSON.stringify(patientCells(inside)) };
      return inside === undefined ? undefined : { type, key: keyOf(inside, '') };
    }
    return names.map((name) => this.known.get(name)).find((each) => each !== undefined);
  }

  private byNames(names: readonly string[]): string | undefined {
    const known = names.map((name) => this.known.get(name)).find((each) => each !== undefined);
    return known && 'key' in known ? known.key : names[0];
  }

  private typeOf(reference: unknown, holder?: unknown): string {
    return this.find(reference, holder)?.type ?? typeOfReference(reference);
  }

  /** What stands outside the Bundle is named as it is written: it may have been brought in before. */
  private keyOfReference(reference: unknown, holder?: unknown): string {
    const known = this.find(reference, holder);
    return known && 'key' in known ? known.key : (namesOf(reference).at(-1) ?? '');
  }

  private keyOfActor(actors: readonly unknown[], holder: unknown, type: string): string {
    const actor = actors.find((each) => this.typeOf(each, holder) === type);
    return actor === undefined ? '' : this.keyOfReference(actor, holder);
  }

  private roleOf(actors: readonly unknown[], holder: unknown): Role | undefined {
    for (const actor of actors) {
      const known = this.find(actor, holder);
      if (known && 'role' in known) return known.role;
    }
    return undefined;
  }

  private patientOf(actors: readonly unknown[], holder: unknown): Record<string, string> {
    for (const actor of actors) {
      const known = this.find(actor, holder);
      if (known && 'cells' in known) return JSON.parse(known.cells) as Record<string, string>;
    }
    return {};
  }
}
