import type { Confirmation } from '../calendar.entity.js';
import { gridMinutes } from './grid.js';

/** How a calendar may be booked. */
export interface BookingRules {
  readonly confirmation: Confirmation;
  /** Minutes between starts, 5 to 60; null: by the lengths of the calendar's services. */
  readonly gridMinutes: number | null;
  readonly minimumNoticeMinutes: number;
  readonly horizonDays: number;
  readonly lateCancelHours: number;
  /** By when a request is answered, where requests are confirmed by hand. */
  readonly answerWithinHours: number;
  /** Visits a day; null: as many as fit. */
  readonly mostPerDay: number | null;
  readonly buffersMayLeaveOpening: boolean;
}

/** A service as a calendar offers it: minutes, price in cents; null in a rule means "as the calendar". */
export interface OfferedService {
  readonly serviceId: string;
  readonly minutes: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly priceCents: number;
  /** What the state pays for a visit, which counts against a quota's money; 0 where nothing is counted. */
  readonly tariffCents: number;
  /** Booked by sessions with seats instead of the grid. */
  readonly bySession: boolean;
  readonly confirmation: Confirmation | null;
  readonly minimumNoticeMinutes: number | null;
  readonly horizonDays: number | null;
  readonly lateCancelHours: number | null;
}

/** The rules of a new calendar. */
export const usualRules: BookingRules = {
  confirmation: 'automatic',
  gridMinutes: null,
  minimumNoticeMinutes: 60,
  horizonDays: 90,
  lateCancelHours: 24,
  answerWithinHours: 24,
  mostPerDay: null,
  buffersMayLeaveOpening: false,
};

/** Least and most of each number, as the database keeps them too. */
export const ruleLimits = {
  gridMinutes: [5, 60],
  minimumNoticeMinutes: [0, 43_200],
  horizonDays: [1, 730],
  lateCancelHours: [0, 336],
  answerWithinHours: [1, 336],
  mostPerDay: [1, 500],
  minutes: [5, 480],
  bufferBefore: [0, 120],
  bufferAfter: [0, 120],
  priceCents: [0, 10_000_000],
  tariffCents: [0, 10_000_000],
} as const satisfies Record<string, readonly [number, number]>;

export interface RuleMistake {
  /** `horizonDays`, or of a service `services.<index>.minutes`. */
  path: string;
  code: 'min' | 'max' | 'required' | 'calendars.twice';
}

const limited = Object.entries(ruleLimits);

const mistakesOf = (values: object, prefix: string): RuleMistake[] =>
  limited.flatMap(([name, [least, most]]): RuleMistake[] => {
    const value: unknown = Reflect.get(values, name);
    if (typeof value !== 'number') return [];
    if (!Number.isInteger(value) || value < least) return [{ path: prefix + name, code: 'min' }];
    return value > most ? [{ path: prefix + name, code: 'max' }] : [];
  });

/** What is wrong with the rules and services of a calendar; nothing when they can be kept. */
export function ruleMistakes(rules: BookingRules, services: readonly OfferedService[]): RuleMistake[] {
  const ids = services.map(({ serviceId }) => serviceId);
  return [
    ...mistakesOf(rules, ''),
    ...(services.length === 0 ? [{ path: 'services', code: 'required' as const }] : []),
    ...services.flatMap((service, index) => [
      ...mistakesOf(service, `services.${index}.`),
      ...(ids.indexOf(service.serviceId) < index
        ? [{ path: `services.${index}.serviceId`, code: 'calendars.twice' as const }]
        : []),
    ]),
  ];
}

/** Minutes between the starts of a calendar: what it says itself, else what fits all its services. */
export const gridOf = (rules: BookingRules, services: readonly OfferedService[]): number =>
  rules.gridMinutes ?? gridMinutes(services.map(({ minutes }) => minutes));
