import { Inject, Injectable } from '@nestjs/common';
import { type Actor, mayAnybodyElse, mayDo, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { visitColumns, type VisitRow, visitTables, type VisitToTell, visitToTell } from '../queries/visit-to-tell.js';
import { defaultPerHour } from '../rules/bulk.js';
import type { BulkDecision } from './decide-bulk.js';

/** Many letters at once that wait for a second person, as that person sees them before deciding. */
export interface HeldBulk {
  id: string;
  openedAt: Temporal.Instant;
  causedBy: { id: string; name: string };
  count: number;
  /** The first and the last visit that they are about. */
  firstVisit: Temporal.Instant;
  lastVisit: Temporal.Instant;
  zone: string;
  /** How many letters of each kind. */
  kinds: { kind: string; count: number }[];
  /** The first few letters, as a dry run. */
  sample: (VisitToTell & { noticeId: string })[];
  /** Whether the reader may decide: they did not cause it, or they are alone. */
  isTheirsToDecide: boolean;
  /** The reader caused it and nobody else at the clinic may decide: with the code of their second factor they may. */
  isAlone: boolean;
}

/** Many letters that were decided on. */
export interface DecidedBulk {
  decision: BulkDecision;
  at: Temporal.Instant;
  count: number;
  causedBy: string;
  decidedBy: string;
  isAlone: boolean;
}

interface Row {
  id: string;
  openedAt: Date;
  causedBy: string;
  causedByName: string;
  count: number;
  firstVisit: Date;
  lastVisit: Date;
  zone: string;
  kinds: { kind: string; count: number }[];
}

/** Letters of a preview. */
const sampleSize = 5;

/** The letters of a clinic that wait for a second person. */
@Injectable()
export class BulksOfClinic {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Oldest first. @throws Refusal `not-signed-in`, `not-found`, `not-allowed` */
  async run(actor: Actor, clinicId: string): Promise<HeldBulk[]> {
    const staff = requireStaff(actor, clinicId, 'notices.approve');
    const rows = await this.database.read<Row>(
      `select k.id, k.opened_at as "openedAt", k.caused_by as "causedBy", m.display_name as "causedByName", h.*
         from notice_bulk k
         join staff_member m on m.id = k.caused_by
         cross join lateral (
           select sum(g.count)::integer as count, min(g.first) as "firstVisit", max(g.last) as "lastVisit", min(g.zone) as zone,
                  json_agg(json_build_object('kind', g.kind, 'count', g.count) order by g.count desc) as kinds
             from (select n.kind, count(*)::integer as count, min(e.to_starts_at) as first, max(e.to_starts_at) as last, min(a.zone) as zone
                     from notice n join appointment_event e on e.id = n.event_id join appointment a on a.id = n.appointment_id
                    where n.bulk_id = k.id and n.state = 'held' group by n.kind) g) h
        where k.clinic_id = $1 and k.decision is null and h.count > 0
        order by k.opened_at`,
      [clinicId],
    );
    const isAlone = !(await mayAnybodyElse(this.database.reader, staff, 'notices.approve', this.clock.now()));
    return Promise.all(
      rows.map(async ({ causedBy, causedByName, openedAt, firstVisit, lastVisit, ...row }) => ({
        ...row,
        openedAt: openedAt.toTemporalInstant(),
        firstVisit: firstVisit.toTemporalInstant(),
        lastVisit: lastVisit.toTemporalInstant(),
        causedBy: { id: causedBy, name: causedByName },
        sample: await this.sample(row.id),
        isTheirsToDecide: isAlone || causedBy !== staff.staffMemberId,
        isAlone: isAlone && causedBy === staff.staffMemberId,
      })),
    );
  }

  private async sample(bulkId: string): Promise<HeldBulk['sample']> {
    const rows = await this.database.read<VisitRow & { noticeId: string }>(
      `select ${visitColumns}, n.id as "noticeId"
         from notice n join appointment_event e on e.id = n.event_id ${visitTables}
        where n.bulk_id = $1 and n.state = 'held' order by e.at, e.id limit ${sampleSize}`,
      [bulkId],
    );
    return rows.map((row) => ({ ...visitToTell(row), noticeId: row.noticeId }));
  }

  /** The last ten that were decided on, newest first. @throws Refusal as `run` */
  async decided(actor: Actor, clinicId: string): Promise<DecidedBulk[]> {
    requireStaff(actor, clinicId, 'notices.approve');
    const rows = await this.database.read<Omit<DecidedBulk, 'at'> & { at: Date }>(
      `select k.decision, k.decided_at as at, m.display_name as "causedBy", d.display_name as "decidedBy", k.alone as "isAlone",
              (select count(*)::integer from notice n where n.bulk_id = k.id) as count
         from notice_bulk k
         join staff_member m on m.id = k.caused_by
         join staff_member d on d.id = k.decided_by
        where k.clinic_id = $1 and k.decision is not null
        order by k.decided_at desc limit 10`,
      [clinicId],
    );
    return rows.map(({ at, ...row }) => ({ ...row, at: at.toTemporalInstant() }));
  }

  /** How many wait for the decision of somebody who may decide; 0 for whoever may not. */
  async count(actor: Actor, clinicId: string): Promise<number> {
    if (actor.kind !== 'staff' || actor.clinicId !== clinicId || !mayDo(actor, 'notices.approve')) return 0;
    const [row] = await this.database.read<{ n: number }>(
      `select count(*)::integer as n from notice_bulk k
        where k.clinic_id = $1 and k.decision is null
          and exists (select from notice n where n.bulk_id = k.id and n.state = 'held')`,
      [clinicId],
    );
    return row?.n ?? 0;
  }

  /** How many letters one member of staff may cause within an hour. @throws Refusal as `run` */
  async limit(actor: Actor, clinicId: string): Promise<number> {
    requireStaff(actor, clinicId, 'notices.approve');
    const [row] = await this.database.read<{ perHour: number }>(
      `select per_hour as "perHour" from notice_limit where clinic_id = $1`,
      [clinicId],
    );
    return row?.perHour ?? defaultPerHour;
  }
}
