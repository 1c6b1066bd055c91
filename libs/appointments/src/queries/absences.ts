import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, type Actor, requireSomewhere, within } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import type { AffectedState } from '../absence.entity.js';
import { looksAtVisits } from '../looks-at-visits.js';
import type { OfferState } from '../offer.entity.js';
import { type AppointmentView, viewColumns, viewOf, type ViewRow, viewTables } from './appointment-view.js';

/** A time that was offered, with who and where. */
export interface OfferedTime {
  id: string;
  state: OfferState;
  start: Temporal.Instant;
  end: Temporal.Instant;
  zone: string;
  practitioner: string;
  branch: string;
  address: string;
  priceCents: number;
}

/** Where one patient stands. */
export interface AffectedPatient {
  view: AppointmentView;
  state: AffectedState;
  /** The step that told them, by which its letter is found; null before it. */
  eventId: string | null;
  offers: OfferedTime[];
  /** When the visit was, before a choice moved it. */
  wasAt: Temporal.Instant;
}

export interface AbsenceFacts {
  id: string;
  practitionerId: string;
  practitioner: string;
  zone: string;
  start: Temporal.Instant;
  end: Temporal.Instant;
  answerBy: Temporal.Instant;
  endedAt: Temporal.Instant | null;
  /** How many visits lay inside, and how many patients have not chosen yet. */
  visits: number;
  open: number;
}

interface FactsRow extends Omit<AbsenceFacts, 'start' | 'end' | 'answerBy' | 'endedAt'> {
  clinicId: string;
  starts: Date;
  ends: Date;
  answer_by: Date;
  ended_at: Date | null;
}

/** Parameters 3 and 4 are the branches and the practitioners that a list is bound to. */
const isTheirs = `(
  ($4::uuid[] is null or b.resource_id = any($4))
  and ($3::uuid[] is null or exists (
    select from calendar c
     where c.clinic_id = b.clinic_id and c.resource_id = b.resource_id and c.branch_id = any($3))))`;

const factsText = `
  select b.id, b.clinic_id as "clinicId", b.resource_id as "practitionerId",
         coalesce(p.given_name || ' ' || p.family_name, r.name) as practitioner,
         (select x.zone from calendar c join branch x on x.id = c.branch_id
           where c.clinic_id = b.clinic_id and c.resource_id = b.resource_id order by c.id limit 1) as zone,
         lower(b.during) as starts, upper(b.during) as ends, b.answer_by, b.ended_at,
         (select count(*)::integer from affected_visit f where f.absence_id = b.id) as visits,
         (select count(*)::integer from affected_visit f
           where f.absence_id = b.id and f.state in ('waiting', 'offered', 'nothing-free', 'no-answer')) as open
    from absence b
    join resource r on r.id = b.resource_id
    left join practitioner p on p.id = r.practitioner_id`;

function factsOf({ clinicId: _, starts, ends, answer_by: due, ended_at: ended, ...row }: FactsRow): AbsenceFacts {
  return {
    ...row,
    start: starts.toTemporalInstant(),
    end: ends.toTemporalInstant(),
    answerBy: due.toTemporalInstant(),
    endedAt: ended?.toTemporalInstant() ?? null,
  };
}

interface OfferJson {
  id: string;
  state: OfferState;
  start: string;
  end: string;
  zone: string;
  practitioner: string;
  branch: string;
  address: string;
  priceCents: number;
}

/** SQL: the offers of an affected visit `f` as JSON, soonest first. */
export const offersOf = `
  (select coalesce(json_agg(json_build_object(
            'id', o.id, 'state', o.state, 'start', o.starts_at, 'end', o.ends_at, 'zone', b.zone, 'branch', b.name,
            'address', b.address || ', ' || b.city, 'priceCents', y.price_cents,
            'practitioner', coalesce(q.given_name || ' ' || q.family_name, w.name)) order by o.starts_at, o.id), '[]')
     from offer o
     join calendar oc on oc.id = o.calendar_id
     join calendar_service y on y.calendar_id = o.calendar_id and y.service_id = o.service_id
     join branch b on b.id = oc.branch_id
     join resource w on w.id = oc.resource_id
     left join practitioner q on q.id = w.practitioner_id
    where o.affected_visit_id = f.id)`;

export const offeredTimes = (offers: readonly OfferJson[]): OfferedTime[] =>
  offers.map((offer) => ({
    ...offer,
    start: Temporal.Instant.from(offer.start),
    end: Temporal.Instant.from(offer.end),
  }));

export type { OfferJson };

/** Absences of a clinic's practitioners, and where their patients stand, each a look that the access log keeps. */
@Injectable()
export class Absences {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Of the last 30 days, newest first. @throws Refusal `not-signed-in`, `not-found`, `not-allowed` */
  async list(actor: Actor, clinicId: string): Promise<AbsenceFacts[]> {
    const staff = requireSomewhere(actor, clinicId, 'calendar.read');
    const { branchIds, practitionerIds } = within(staff, 'calendar.read');
    const rows = await this.database.read<FactsRow>(
      `${factsText} where b.clinic_id = $1 and b.created_at > $2 and ${isTheirs} order by b.created_at desc, b.id limit 100`,
      [
        clinicId,
        this.clock
          .now()
          .subtract({ hours: 30 * 24 })
          .toString(),
        branchIds,
        practitionerIds,
      ],
    );
    return rows.map(factsOf);
  }

  /** @throws Refusal `not-signed-in`, `not-found`, `not-allowed` */
  async find(actor: Actor, id: string): Promise<{ absence: AbsenceFacts; patients: AffectedPatient[] }> {
    const { reader } = this.database;
    const [row] = await reader.query<FactsRow>(`${factsText} where b.id = $1`, [id]);
    if (!row) throw new Refusal(actor.kind === 'anonymous' ? 'not-signed-in' : 'not-found');
    const staff = requireSomewhere(actor, row.clinicId, 'patients.read');
    const { branchIds, practitionerIds } = within(staff, 'patients.read');
    const theirs = await reader.query(`select from absence b where b.id = $1 and b.created_at >= $2 and ${isTheirs}`, [
      id,
      '-infinity',
      branchIds,
      practitionerIds,
    ]);
    if (theirs.length === 0) throw new Refusal('not-allowed', { why: 'out-of-reach' });
    const rows = await reader.query<
      ViewRow & { affectedState: AffectedState; eventId: string | null; offers: OfferJson[]; was_at: Date }
    >(
      `select ${viewColumns}, f.state as "affectedState", f.event_id as "eventId", ${offersOf} as offers,
              coalesce((select e.to_starts_at from appointment_event e where e.id = f.event_id), a.starts_at) as was_at
         from ${viewTables}
         join affected_visit f on f.appointment_id = a.id
        -- The visits are named by themselves, too: with so many tables the planner keeps their order.
        where f.absence_id = $1 and a.id in (select x.appointment_id from affected_visit x where x.absence_id = $1)
          and ($2::uuid[] is null or a.branch_id = any($2))
        order by was_at, a.id`,
      [id, branchIds],
    );
    const patients = rows.map(({ affectedState: state, eventId, offers, was_at: was, ...view }) => ({
      view: viewOf(view),
      state,
      eventId,
      offers: offeredTimes(offers),
      wasAt: was.toTemporalInstant(),
    }));
    const views = patients.map(({ view }) => view);
    await this.accessLog.looked(null, ...looksAtVisits(staff, views, 'absence-patients'));
    return { absence: factsOf(row), patients };
  }
}
