import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, log, type Tx } from '#libs/platform';
import { Ledger, type NewNotice, noteAttempt } from './ledger.js';
import { actBehind } from './queries/caused-by.js';
import { isClinicsChange, isOtherClinicsChange } from './queries/told.js';
import { alwaysFine, isBulk, usualDays } from './rules/bulk.js';

interface Cause {
  clinicId: string;
  actorId: string;
  caused: number;
  perHour: number | null;
  /** Changes by the clinic in the four weeks before; no more are counted than it takes to know. */
  before: number;
}

/**
 * Holds letters back when one member of staff changes more visits within an hour than their clinic lets out unseen, or
 * far more than usual: a second person looks first (faults.md H11). It is asked when a letter would leave, so a change of many
 * is seen whole. An absence that somebody reports is their act: everybody inside counts from then on, although the portal
 * offers them other times one after another.
 */
@Injectable()
export class BulkGuard {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Holds the letter of a step if it is one of too many, or follows one of the same appointment that is held: letters of
   * one appointment stay in order. One that somebody let go is never held again. Safe to repeat.
   * @param behind the bulk that holds an earlier letter of the appointment
   * @returns the bulk that holds it; null: it may leave
   */
  async holds(eventId: string, notice: NewNotice, behind: string | null): Promise<string | null> {
    const cause = behind === null ? await this.causeOf(eventId) : undefined;
    if (behind === null && (!cause || !isBulk(cause))) return null;
    const { id } = await this.ledger.open(notice);
    const now = this.clock.now();
    const bulkId = await this.database.transaction(async (tx) => {
      const open = behind === null ? cause && (await openBulk(tx, cause, now)) : await stillOpen(tx, behind);
      // Let go since this run began, the earlier letter has a job that has only just been made: this one comes after it.
      if (!open) throw new Error('the letters before it were decided on just now');
      await tx.query(
        `update notice set state = 'held', bulk_id = $2, attempts = 0 where id = $1 and state = 'queued'`,
        [id, open],
      );
      await noteAttempt(tx, { id, at: now, outcome: 'held', answer: null });
      return open;
    });
    if (bulkId !== null) log.warn({ event: 'letter.held', noticeId: id });
    return bulkId;
  }

  /** Who caused a step that a clinic changed, and how many within the hour; nothing where it was let go before. */
  private async causeOf(eventId: string): Promise<Cause | undefined> {
    const [row] = await this.database.read<Cause>(
      `select e.clinic_id as "clinicId", act.id as "actorId", l.per_hour as "perHour", c.caused,
              case when c.caused <= ${alwaysFine} or l.per_hour is not null then 0 else (
                select count(*)::integer from (
                  select from appointment_event o
                   where o.clinic_id = e.clinic_id and o.at > act.at - interval '${usualDays} days'
                     and o.at <= act.at - interval '1 hour' and ${isOtherClinicsChange}
                   limit c.caused * ${usualDays}) found) end as before
         from appointment_event e
        cross join lateral (${actBehind}) act
         left join notice_limit l on l.clinic_id = e.clinic_id
        cross join lateral (
          select (select count(*)::integer from appointment_event o
                   where o.clinic_id = e.clinic_id and o.actor_kind = 'staff' and o.actor_id = act.id
                     and o.at > act.at - interval '1 hour' and o.at <= act.at + interval '5 minutes'
                     and ${isOtherClinicsChange})
               + (select count(*)::integer from absence b join affected_visit f on f.absence_id = b.id
                   where b.clinic_id = e.clinic_id and b.created_by = act.id
                     and b.created_at > act.at - interval '1 hour' and b.created_at <= act.at + interval '5 minutes'
                     and (f.event_id is not null or f.state = 'waiting')) as caused) c
        where e.id = $1 and ${isClinicsChange}
          and not exists (select from notice n where n.event_id = e.id and n.bulk_id is not null)`,
      [eventId],
    );
    return row;
  }
}

async function openBulk(tx: Tx, { clinicId, actorId }: Cause, now: Temporal.Instant): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `insert into notice_bulk (clinic_id, caused_by, opened_at) values ($1, $2, $3)
     on conflict (clinic_id, caused_by) where decision is null do update set caused_by = excluded.caused_by
     returning id`,
    [clinicId, actorId, now.toString()],
  );
  if (!row) throw new Error('the letters were not held');
  return row.id;
}

/** A bulk that nobody has decided on; locked, so that nothing is held in it once it is decided on. */
async function stillOpen(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    `select id from notice_bulk where id = $1 and decision is null for key share`,
    [id],
  );
  return row?.id ?? null;
}
