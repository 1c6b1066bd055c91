import {
  gridOf,
  hoursOf,
  offerOf,
  type PlannedCalendar,
  type PlannedService,
  type PractitionersCalendar,
} from './calendar-plan.js';
import type { PlannedBranch, PlannedClinic } from './clinic-plan.js';
import { conditions } from './content/conditions.js';
import { minutesOf } from './content/prices.js';
import { clinicsWithDevices, type RoomData, rooms } from './content/rooms.js';
import { services } from './content/services.js';
import { specialties } from './content/specialties.js';
import { idsOf } from './random.js';

export interface PlannedRoom {
  readonly id: string;
  readonly clinic: PlannedClinic;
  readonly branch: PlannedBranch;
  readonly kind: 'room' | 'device';
  readonly name: string;
  readonly capability: string | null;
}

export interface PlannedRooms {
  readonly rooms: readonly PlannedRoom[];
  /** For which rooms are booked by themselves. */
  readonly services: readonly PlannedService[];
  readonly calendars: readonly PlannedCalendar[];
  /** Services that take a room or device beside the practitioner. */
  readonly needs: readonly { readonly service: PlannedService; readonly capability: string }[];
  /** The device that a practitioner's visits at a branch take, by calendar; one for each practitioner, so that none lacks. */
  readonly deviceOf: (calendar: PlannedCalendar, service: PlannedService) => string | undefined;
}

const found = <Item>(item: Item | undefined, what: string): Item => {
  if (item === undefined) throw new Error(`the seed has no ${what}`);
  return item;
};

function placeOf(clinics: readonly PlannedClinic[], { clinic: slug, branch }: RoomData) {
  const clinic = found(
    clinics.find(({ data }) => data.slug === slug),
    `clinic ${slug}`,
  );
  return {
    clinic,
    branch: found(
      clinic.branches.find((each) => each.slug === branch),
      `branch ${branch}`,
    ),
  };
}

const capabilityOf = (clinic: PlannedClinic, service: PlannedService): string | undefined => {
  const { needs } = conditions[service.kind.code] ?? {};
  return needs !== undefined && clinicsWithDevices[clinic.data.slug]?.[needs] ? needs : undefined;
};

/** Devices of each branch whose practitioners need them. */
function planDevices(calendars: readonly PractitionersCalendar[], id: () => string) {
  const devices: PlannedRoom[] = [];
  const shares = new Map<string, string>();
  const needs = new Map<string, { service: PlannedService; capability: string }>();
  const keyOf = (resourceId: string, branch: PlannedBranch, capability: string): string =>
    [resourceId, branch.id, capability].join(' ');
  for (const { practitioner, offers, workplace } of calendars) {
    const { clinic, branch } = workplace;
    for (const { service } of offers) {
      const capability = capabilityOf(clinic, service);
      if (capability === undefined) continue;
      needs.set(service.id, { service, capability });
      const key = keyOf(practitioner.id, branch, capability);
      if (shares.has(key)) continue;
      const number = devices.filter((each) => each.branch === branch && each.capability === capability).length + 1;
      const name = `${clinicsWithDevices[clinic.data.slug]?.[capability]} ${number}`;
      const device = { id: id(), clinic, branch, kind: 'device' as const, name, capability };
      devices.push(device);
      shares.set(key, device.id);
    }
  }
  return {
    devices,
    needs: [...needs.values()],
    deviceOf: ({ resourceId, workplace: { branch } }: PlannedCalendar, service: PlannedService) => {
      const need = needs.get(service.id);
      return need && shares.get(keyOf(resourceId, branch, need.capability));
    },
  };
}

/** Rooms and devices of the clinics that have any, with the calendars of those that are booked by themselves. */
export function planRooms(
  clinics: readonly PlannedClinic[],
  practitioners: readonly PractitionersCalendar[],
  since: Temporal.PlainDate,
  startMs: number,
): PlannedRooms {
  const id = idsOf('rooms', startMs);
  const { devices, needs, deviceOf } = planDevices(practitioners, id);
  const own: PlannedService[] = [];
  const calendars: PlannedCalendar[] = [];
  const planned = rooms.map((data): PlannedRoom => {
    const { clinic, branch } = placeOf(clinics, data);
    const { name, capability, calendar } = data;
    const room = { id: id(), clinic, branch, kind: 'room' as const, name, capability };
    if (!calendar) return room;
    const { payer, hours } = calendar;
    const specialty = found(
      specialties.find(({ code }) => code === calendar.specialty),
      calendar.specialty,
    );
    const kind = found(
      services.find(({ code }) => code === calendar.service),
      calendar.service,
    );
    const service = { id: id(), clinic, specialty, kind, minutes: minutesOf(specialty, kind) };
    own.push(service);
    const offers = [offerOf(service, payer)];
    calendars.push({
      id: id(),
      resourceId: room.id,
      workplace: { clinic, branch },
      payer,
      confirmation: 'automatic',
      gridMinutes: gridOf(offers),
      minimumNoticeMinutes: 60,
      offers,
      hours: hoursOf(hours, since),
      pattern: hours.join(', '),
      vacation: null,
    });
    return room;
  });
  return { rooms: [...planned, ...devices], services: own, calendars, needs, deviceOf };
}

/** Whether patients take seats in sessions of the calendar, not times of their own. */
export const isLine = ({ offers }: PlannedCalendar): boolean =>
  offers.some(({ service }) => service.kind.seats !== undefined);
