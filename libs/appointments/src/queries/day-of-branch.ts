import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, type Actor, mayDo, requireSomewhere, type StaffActor, within } from '#libs/access';
import type { Payer } from '#libs/calendars';
import { CLOCK, type Clock, Database, Refusal, type Words } from '#libs/platform';
import type { Origin } from '../appointment.entity.js';
import { looksAtVisits } from '../looks-at-visits.js';
import { dayText, versionText } from './day-statements.js';

/** The staff's day of one branch, or several days in a row. Times are seconds since 1970, because 1,200 appointments have many of them. */
export interface DayOfBranchAnswer {
  branch: { id: string; name: string; timeZone: string };
  /** From the first local midnight to the one after the last day. */
  start: number;
  end: number;
  /** The finest grid of the calendars, in minutes: starts between its lines are never bookable. */
  grid: number;
  /** Whoever or whatever has a calendar there, by family name, and the rooms and devices that visits take. */
  columns: DayColumn[];
  /** Of the practitioners among the columns. */
  specialties: { id: string; name: Words }[];
  openings: DayOpening[];
  appointments: DayAppointment[];
  sessions: DaySession[];
  taken: DayTaken[];
  closures: DayClosure[];
  /** Open and not taken by anything, buffers included. */
  free: { resourceId: string; start: number; end: number }[];
  /** Changes whenever one of the above does. */
  version: string;
}

export interface DayColumn {
  resourceId: string;
  kind: 'practitioner' | 'room' | 'device';
  practitionerId: string | null;
  name: string;
  title: Words;
  /** Ids; a room has none. */
  specialties: string[];
  /** None: a room or device that cannot be booked by itself. */
  payers: Payer[];
}

export interface DayOpening {
  resourceId: string;
  payer: Payer;
  start: number;
  end: number;
}

export interface DayAppointment {
  id: string;
  resourceId: string;
  payer: Payer;
  status: 'pending' | 'booked' | 'arrived' | 'checked-in' | 'fulfilled' | 'noshow';
  origin: Origin;
  start: number;
  end: number;
  version: number;
  /** Above 0: staff booked it beside another, knowingly. */
  lane: number;
  /** Its hours were withdrawn: `open` until somebody decides, then `kept` where it is. */
  orphaned: 'open' | 'kept' | null;
  /** The patient has said that they come to this start. */
  isPromised: boolean;
  /** Null: whose visit it is and what for is not the reader's to see. */
  patientName: string | null;
  serviceName: Words | null;
  /** The group session that it is a seat of. */
  sessionId: string | null;
}

/** A group session with its seats; who sits there is among the appointments. */
export interface DaySession {
  id: string;
  resourceId: string;
  payer: Payer;
  serviceName: Words;
  start: number;
  end: number;
  seats: number;
  /** Booked, and held at the moment. */
  taken: number;
}

/** A closure that reaches into these days, cut to them. */
export interface DayClosure {
  /** Null: the whole branch, or clinic. */
  resourceId: string | null;
  /** `external`: busy in the practitioner's own calendar. */
  kind: 'staff' | 'external';
  /** Staff's own words. */
  reason: string | null;
  start: number;
  end: number;
}

/** Time taken by what is no appointment of this branch on this day, buffers included. */
export interface DayTaken {
  resourceId: string;
  /** `inside`: a room or device that a visit of this branch takes. */
  kind: 'hold' | 'former' | 'elsewhere' | 'inside';
  /** Whose visit is inside. */
  by: string | null;
  start: number;
  end: number;
}

type SeenAppointment = Omit<DayAppointment, 'serviceName'> & { serviceId: string; patientId: string };

interface Row extends Omit<DayOfBranchAnswer, 'branch' | 'appointments'> {
  id: string;
  clinicId: string;
  name: string;
  zone: string;
  appointments: SeenAppointment[];
  /** By id: once each, because many visits are of one service. */
  services: Record<string, Words>;
}

/** What is wanted of what one may see; null: all. */
const bothOf = (wanted: readonly string[] | null, seen: readonly string[] | null): readonly string[] | null =>
  wanted === null || seen === null ? (wanted ?? seen) : wanted.filter((id) => seen.includes(id));

/** The calendar of a branch for some days, in one statement (P8), and the small question whether it has changed since. */
@Injectable()
export class DayOfBranch {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Who may see the calendar but not the patients of one of its practitioners sees there that a time is taken, and by
   * nobody. Everybody who is named is a look that the access log keeps, once an hour.
   * @param day the first one, in the branch's zone
   * @param resources only these columns; null means all of the branch
   * @param days how many, 42 at most
   * @throws Refusal `not-signed-in`, `not-found` another clinic's branch, `not-allowed`
   */
  async run(
    actor: Actor,
    branchId: string,
    day: Temporal.PlainDate,
    resources: readonly string[] | null = null,
    days = 1,
  ): Promise<DayOfBranchAnswer> {
    const { row, staff } = await this.read<Row>(dayText, actor, { branchId, day, resources, days });
    const { id, clinicId: _, name, zone, appointments, services, ...rest } = row;
    const known = new Set(
      row.columns
        .filter(({ practitionerId }) => mayDo(staff, 'patients.read', { practitionerId, branchId }))
        .map(({ resourceId }) => resourceId),
    );
    const named = appointments.filter(({ resourceId }) => known.has(resourceId));
    await this.accessLog.listed(
      looksAtVisits(
        staff,
        named.map(({ id: visit, patientId }) => ({ id: visit, patient: { id: patientId } })),
        'day-list',
      ),
    );
    return {
      branch: { id, name, timeZone: zone },
      ...rest,
      appointments: appointments.map(({ serviceId, patientId: _patient, ...each }) => {
        const isKnown = known.has(each.resourceId);
        const serviceName = services[serviceId] ?? null;
        return isKnown ? { ...each, serviceName } : { ...each, patientName: null, serviceName: null };
      }),
    };
  }

  /** The version that `run` would answer now. Refusals: as `run`. */
  async version(
    actor: Actor,
    branchId: string,
    day: Temporal.PlainDate,
    resources: readonly string[] | null = null,
    days = 1,
  ): Promise<string> {
    const wish = { branchId, day, resources, days };
    return (await this.read<{ clinicId: string; version: string }>(versionText, actor, wish)).row.version;
  }

  private async read<Answer extends { clinicId: string }>(
    text: string,
    actor: Actor,
    wish: { branchId: string; day: Temporal.PlainDate; resources: readonly string[] | null; days: number },
  ): Promise<{ row: Answer; staff: StaffActor }> {
    const theirs = actor.kind === 'staff' ? within(actor, 'calendar.read') : null;
    const [row] = await this.database.read<Answer>(text, [
      wish.branchId,
      wish.day.toString(),
      bothOf(wish.resources, theirs?.practitionerIds ?? null),
      this.clock.now().toString(),
      wish.days,
    ]);
    if (!row) throw new Refusal('not-found');
    const staff = requireSomewhere(actor, row.clinicId, 'calendar.read');
    if (staff.branchIds?.includes(wish.branchId) === false) throw new Refusal('not-allowed', { why: 'out-of-reach' });
    return { row, staff };
  }
}
