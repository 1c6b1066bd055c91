import type { Interval, WeeklyHours } from '#libs/time';
import { mondayOf } from '#libs/time';
import type { PlannedClinic } from './clinic-plan.js';
import { minutesOf, priceOf } from './content/prices.js';
import { type ServiceKind, services } from './content/services.js';
import type { PatientGroup, Specialty } from './content/specialties.js';
import { teeth } from './content/teeth.js';
import { weekShapes } from './content/week-shapes.js';
import type { PlannedPractitioner, Workplace } from './practitioner-plan.js';
import { idsOf, type Random, randomOf } from './random.js';

export type Payer = 'state' | 'paid';

/** A service as one clinic offers it in one specialty. */
export interface PlannedService {
  readonly id: string;
  readonly clinic: PlannedClinic;
  readonly specialty: Specialty;
  readonly kind: ServiceKind;
  readonly minutes: number;
}

export interface OfferedService {
  readonly service: PlannedService;
  readonly minutes: number;
  readonly before: number;
  readonly after: number;
  readonly cents: number;
  readonly patients: PatientGroup;
  /** How often it is booked. */
  readonly weight: number;
}

export interface PlannedCalendar {
  readonly id: string;
  /** The practitioner or room whose time it is. */
  readonly resourceId: string;
  readonly workplace: Workplace;
  readonly payer: Payer;
  readonly confirmation: 'automatic' | 'manual';
  readonly gridMinutes: number;
  readonly minimumNoticeMinutes: number;
  readonly offers: readonly OfferedService[];
  readonly hours: readonly WeeklyHours[];
  /** The pattern in words: calendars with the same pattern, country and vacation open at the same times. */
  readonly pattern: string;
  readonly vacation: { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate } | null;
}

export interface PractitionersCalendar extends PlannedCalendar {
  readonly practitioner: PlannedPractitioner;
}

/** Specialties without visits for a talk: all that they do is examine or treat. */
const withoutVisits = ['nursing', 'dental-hygiene', 'radiology'];

function kindsOf(specialty: Specialty, payer: Payer): readonly ServiceKind[] {
  return services.filter(
    (kind) =>
      (payer === 'paid' || !kind.paidOnly) &&
      (kind.specialties === 'all'
        ? !withoutVisits.includes(specialty.code)
        : kind.specialties.includes(specialty.code)),
  );
}

/** At most five services: the visits and some of the rest. */
function chosenKinds(specialty: Specialty, payer: Payer, random: Random): readonly ServiceKind[] {
  const kinds = kindsOf(specialty, payer);
  const visits = kinds.filter(({ specialties }) => specialties === 'all');
  const rest = random.shuffled(kinds.filter(({ specialties }) => specialties !== 'all'));
  const chosen = new Set([...visits, ...rest.slice(0, (visits.length > 0 ? 2 : 3) + random.below(2))]);
  return kinds.filter((kind) => chosen.has(kind));
}

/** A service as it stands in a calendar. */
export function offerOf(service: PlannedService, payer: Payer): OfferedService {
  const { clinic, specialty, kind, minutes } = service;
  return {
    service,
    minutes,
    before: kind.buffers?.[0] ?? 0,
    after: kind.buffers?.[1] ?? 0,
    cents: priceOf(clinic.data.country, payer, specialty, kind),
    // The state pays for the teeth of children only.
    patients:
      payer === 'state' && teeth.includes(specialty.code)
        ? 'children'
        : (kind.patients ?? specialty.patients ?? 'anyone'),
    weight: kind.specialties === 'all' ? 6 : 2,
  };
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** The greatest common divisor of the lengths (domain.md, Slots), but no finer than ten minutes: people like round times. */
export const gridOf = (offers: readonly OfferedService[]): number =>
  Math.max(10, Math.min(30, offers.map(({ minutes }) => minutes).reduce(divisor, 0)));

export function hoursOf(lines: readonly string[], from: Temporal.PlainDate): readonly WeeklyHours[] {
  return lines.map((line) => {
    const [, weekday, starts, ends, every] = /^(\d) (\S{5})-(\S{5})(?:\/(\d))?$/.exec(line) ?? [];
    if (weekday === undefined || starts === undefined || ends === undefined) throw new Error(`not hours: ${line}`);
    return {
      weekday: Number(weekday),
      starts,
      ends,
      validFrom: from,
      validTo: null,
      everyNthWeek: Number(every ?? 1),
      weekAnchor: mondayOf(from),
    };
  });
}

/** Services and calendars of all practitioners. Hours are valid from `since`. */
export function planCalendars(
  practitioners: readonly PlannedPractitioner[],
  today: Temporal.PlainDate,
  since: Temporal.PlainDate,
  startMs: number,
): { services: readonly PlannedService[]; calendars: readonly PractitionersCalendar[] } {
  const serviceId = idsOf('services', startMs);
  const calendarId = idsOf('calendars', startMs);
  const planned = new Map<string, PlannedService>();
  const serviceOf = (clinic: PlannedClinic, specialty: Specialty, kind: ServiceKind): PlannedService => {
    const key = `${clinic.number} ${specialty.code} ${kind.code}`;
    let service = planned.get(key);
    if (!service) {
      service = { id: serviceId(), clinic, specialty, kind, minutes: minutesOf(specialty, kind) };
      planned.set(key, service);
    }
    return service;
  };

  const offer = (
    { clinic }: Workplace,
    specialty: Specialty,
    payer: Payer,
    random: Random,
  ): readonly OfferedService[] =>
    chosenKinds(specialty, payer, random).map((kind) => offerOf(serviceOf(clinic, specialty, kind), payer));

  const calendars = practitioners.flatMap((practitioner) => {
    const random = randomOf('calendars', practitioner.number);
    const shape = random.pick(weekShapes);
    const [main, second = main] = practitioner.workplaces;
    const vacation = random.chance(0.1) ? vacationFrom(today.add({ days: 5 + random.below(60) })) : null;
    const make = (
      payer: Payer,
      workplace: Workplace,
      lines: readonly string[],
      manual: number,
    ): PractitionersCalendar => {
      const offers = offer(workplace, practitioner.specialty, payer, random);
      return {
        id: calendarId(),
        resourceId: practitioner.id,
        practitioner,
        workplace,
        payer,
        confirmation: random.chance(manual) ? 'manual' : 'automatic',
        gridMinutes: gridOf(offers),
        minimumNoticeMinutes: random.pick([60, 60, 120, 180, 1440]),
        offers,
        hours: hoursOf(lines, since),
        pattern: lines.join(', '),
        vacation,
      };
    };
    const state = kindsOf(practitioner.specialty, 'state').length > 0 ? [make('state', main, shape.state, 0.12)] : [];
    return [...state, make('paid', second, shape.paid, 0.25)];
  });
  return { services: [...planned.values()], calendars };
}

/** Visits in a week that is full: what a practitioner's share of all appointments goes by. */
export function visitsInAWeek({ hours, offers }: PlannedCalendar): number {
  const minutesOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const open = hours.reduce(
    (sum, each) => sum + (minutesOfDay(each.ends) - minutesOfDay(each.starts)) / each.everyNthWeek,
    0,
  );
  const weight = offers.reduce((sum, each) => sum + each.weight, 0);
  const minutes = offers.reduce((sum, each) => sum + each.weight * (each.before + each.minutes + each.after), 0);
  return (open * weight) / minutes;
}

/** A vacation of one or two weeks from the Monday of that week. */
function vacationFrom(day: Temporal.PlainDate): { from: Temporal.PlainDate; to: Temporal.PlainDate } {
  const from = mondayOf(day);
  return { from, to: from.add({ days: day.day % 2 === 0 ? 14 : 7 }) };
}

/** The vacation as an interval of the branch's zone. */
export const vacationInterval = ({ vacation, workplace }: PlannedCalendar): Interval[] =>
  vacation === null
    ? []
    : [
        {
          start: vacation.from.toZonedDateTime(workplace.branch.city.zone).toInstant(),
          end: vacation.to.toZonedDateTime(workplace.branch.city.zone).toInstant(),
        },
      ];
