import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import { type Actor, requireStaff } from '../actor.js';
import { rightsOfInvitation, rightsOfMember, type RightsRow } from '../rights-row.js';
import type { StaffEventKind } from '../staff-event.entity.js';
import { dayOf } from '../staff-record.js';

/** A member of staff, as those who give rights see them. Practitioners and branches are known here by id only. */
export interface StaffLine extends RightsRow {
  id: string;
  version: number;
  name: string;
  email: string | null;
  /** YYYY-MM-DD, both included. */
  activeFrom: string;
  activeTo: string | null;
  hasLeft: boolean;
  hasSecondFactor: boolean;
  lastSignedInAt: Temporal.Instant | null;
}

/** An invitation that waits for its answer, or whose time is over. */
export interface InvitationLine extends RightsRow {
  id: string;
  purpose: 'join' | 'renew';
  name: string;
  email: string;
  invitedBy: string;
  expiresAt: Temporal.Instant;
  isOver: boolean;
}

/** Something that was done to somebody's rights. */
export interface StaffEventLine {
  id: string;
  at: Temporal.Instant;
  kind: StaffEventKind;
  by: string;
  details: Record<string, unknown>;
}

type LineRow = Omit<StaffLine, 'lastSignedInAt'> & { last_signed_in_at: Date | null };

/** People on one page of the list. */
export const staffPerPage = 25;

const lines = (where: string): string => `
  select m.id, m.version, m.display_name as name, a.email, ${rightsOfMember},
         m.active_from::text as "activeFrom", m.active_to::text as "activeTo",
         coalesce(m.active_to < $2::date, false) as "hasLeft",
         c.account_id is not null as "hasSecondFactor", c.last_signed_in_at
    from staff_member m
    join account a on a.id = m.account_id
    left join staff_credential c on c.account_id = m.account_id
   where m.clinic_id = $1 ${where}`;

const lineOf = ({ last_signed_in_at: last, ...row }: LineRow): StaffLine => ({
  ...row,
  lastSignedInAt: last?.toTemporalInstant() ?? null,
});

/** Who works at a clinic, for those who give rights there. */
@Injectable()
export class StaffOfClinic {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By name, those who have left last; `page` counts from 1. @throws Refusal `not-found` another clinic, `not-allowed` */
  async run(actor: Actor, clinicId: string, page: number): Promise<{ items: StaffLine[]; hasMore: boolean }> {
    requireStaff(actor, clinicId, 'staff.edit');
    const rows = await this.database.read<LineRow>(
      `${lines('')} order by "hasLeft", m.display_name collate "lv-x-icu", m.id limit $3 offset $4`,
      [clinicId, this.today(), staffPerPage + 1, staffPerPage * (page - 1)],
    );
    return { items: rows.slice(0, staffPerPage).map(lineOf), hasMore: rows.length > staffPerPage };
  }

  /** One of them. @throws Refusal `not-found` also of another clinic, `not-allowed` */
  async find(actor: Actor, clinicId: string, id: string): Promise<StaffLine> {
    requireStaff(actor, clinicId, 'staff.edit');
    const [row] = await this.database.read<LineRow>(lines('and m.id = $3'), [clinicId, this.today(), id]);
    if (!row) throw new Refusal('not-found');
    return lineOf(row);
  }

  /** Everybody's name by id, for filters of those who read the audit. @throws Refusal as `run` */
  async names(actor: Actor, clinicId: string): Promise<{ id: string; name: string }[]> {
    requireStaff(actor, clinicId, 'audit.read');
    return this.database.read<{ id: string; name: string }>(
      `select m.id, m.display_name as name from staff_member m where m.clinic_id = $1
        order by m.display_name collate "lv-x-icu", m.id limit 1000`,
      [clinicId],
    );
  }

  /** Invitations that were neither accepted nor withdrawn, newest first. @throws Refusal as `run` */
  async invitations(actor: Actor, clinicId: string): Promise<InvitationLine[]> {
    requireStaff(actor, clinicId, 'staff.edit');
    const rows = await this.database.read<Omit<InvitationLine, 'expiresAt' | 'isOver'> & { expires_at: Date }>(
      `select i.id, i.purpose, i.display_name as name, i.email, ${rightsOfInvitation},
              m.display_name as "invitedBy", i.expires_at
         from staff_invitation i join staff_member m on m.id = i.created_by
        where i.clinic_id = $1 and i.accepted_at is null and i.withdrawn_at is null
        order by i.created_at desc, i.id limit 200`,
      [clinicId],
    );
    return rows.map(({ expires_at: expires, ...row }) => {
      const expiresAt = expires.toTemporalInstant();
      return { ...row, expiresAt, isOver: Temporal.Instant.compare(expiresAt, this.clock.now()) <= 0 };
    });
  }

  /** What was done to somebody's rights, newest first; 100 at most. @throws Refusal as `find` */
  async history(actor: Actor, clinicId: string, id: string): Promise<StaffEventLine[]> {
    requireStaff(actor, clinicId, 'staff.edit');
    const rows = await this.database.read<Omit<StaffEventLine, 'at'> & { at: Date }>(
      `select e.id, e.at, e.kind, m.display_name as by, e.details
         from staff_event e join staff_member m on m.id = e.actor_id
        where e.clinic_id = $1
          and (e.staff_member_id = $2
               or e.invitation_id in (select j.invitation_id from staff_event j
                                       where j.staff_member_id = $2 and j.kind = 'joined'))
        order by e.at desc, e.id desc limit 100`,
      [clinicId, id],
    );
    return rows.map((row) => ({ ...row, at: row.at.toTemporalInstant() }));
  }

  private today(): string {
    return dayOf(this.clock.now());
  }
}
