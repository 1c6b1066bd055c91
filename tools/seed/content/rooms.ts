import type { Payer } from '../calendar-plan.js';

/** A room or device of a clinic. Devices of a capability are added where practitioners need them. */
export interface RoomData {
  readonly clinic: string;
  readonly branch: string;
  readonly name: string;
  readonly capability: string | null;
  /** What it is booked for by itself, and when: see `week-shapes.ts`. */
  readonly calendar?: {
    readonly payer: Payer;
    readonly specialty: string;
    readonly service: string;
    readonly hours: readonly string[];
  };
}

const everyWeekday = (times: string): readonly string[] => [1, 2, 3, 4, 5].map((day) => `${day} ${times}`);

/** Of one clinic in each country, so that everything that a room can be is seen in both. */
export const rooms: readonly RoomData[] = [
  {
    clinic: 'ozolkalna-klinika',
    branch: 'brivibas',
    name: 'Vakcinācijas kabinets',
    capability: 'vaccination',
    calendar: {
      payer: 'state',
      specialty: 'nursing',
      service: 'flu-vaccination',
      hours: ['2 15:00-17:00', '4 09:00-11:00'],
    },
  },
  {
    clinic: 'ozolkalna-klinika',
    branch: 'brivibas',
    name: 'Sāls istaba',
    capability: null,
    calendar: {
      payer: 'paid',
      specialty: 'rehabilitation',
      service: 'salt-room',
      hours: [...everyWeekday('09:00-19:00'), '6 10:00-15:00'],
    },
  },
  {
    clinic: 'ozolkalna-klinika',
    branch: 'barona',
    name: 'Rentgena kabinets',
    capability: 'x-ray',
    calendar: {
      payer: 'state',
      specialty: 'radiology',
      service: 'chest-x-ray',
      hours: everyWeekday('08:00-12:00'),
    },
  },
  { clinic: 'ozolkalna-klinika', branch: 'jelgava', name: '12', capability: 'procedures' },
  {
    clinic: 'lahe-tervisekliinik',
    branch: 'parnu-maantee',
    name: 'Vaktsineerimiskabinet',
    capability: 'vaccination',
    calendar: {
      payer: 'paid',
      specialty: 'nursing',
      service: 'flu-vaccination-paid',
      hours: ['1 16:00-18:00', '3 16:00-18:00'],
    },
  },
  {
    clinic: 'lahe-tervisekliinik',
    branch: 'parnu-maantee',
    name: 'Röntgenikabinet',
    capability: 'x-ray',
    calendar: {
      payer: 'paid',
      specialty: 'radiology',
      service: 'chest-x-ray',
      hours: everyWeekday('09:00-13:00'),
    },
  },
];

/** Whose practitioners share devices, and what those are called. */
export const clinicsWithDevices: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ozolkalna-klinika': { ultrasound: 'Ultrasonogrāfs' },
  'lahe-tervisekliinik': { ultrasound: 'Ultraheliaparaat' },
};
