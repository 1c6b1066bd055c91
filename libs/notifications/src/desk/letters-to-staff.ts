import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';

/** What became of a letter to somebody who works or will work at a clinic. Its address is not told here. */
export interface LetterToStaff {
  noticeId: string;
  /** `returned`: a server took it and it came back. `waiting` is tried again; `dropped` was not sent at all. */
  state: 'waiting' | 'sent' | 'failed' | 'returned' | 'dropped';
  /** A word of ours: why it failed, came back or was not sent; of one that waits, why the last try failed. */
  failure: string | null;
  /** Since when it is so; of one that waits, since when it does. */
  at: Temporal.Instant;
  /** Nothing goes to the address any more. */
  isSuppressed: boolean;
}

type Row = Omit<LetterToStaff, 'at'> & { about: string; at: Date };

/** For so long it is shown that somebody could not be told what became of their rights. */
const shownDays = 60;

const columns = `
  n.id as "noticeId", n.failure,
  case when n.bounced_at is not null then 'returned' when n.state in ('queued', 'held') then 'waiting' else n.state end as state,
  coalesce(n.bounced_at, n.failed_at, n.sent_at, n.created_at) as at,
  exists (select from suppressed_address s
           where s.channel = 'mail' and s.address_index = n.address_index and s.lifted_at is null) as "isSuppressed"`;

const byAbout = (rows: readonly Row[]): Map<string, LetterToStaff> =>
  new Map(rows.map(({ about, at, ...row }) => [about, { ...row, at: at.toTemporalInstant() }]));

/** Whether letters to staff arrived, for whoever gives rights at the clinic. */
@Injectable()
export class LettersToStaff {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What became of the letters of invitations, by the invitation; one that no try was made for has none.
   * @throws Refusal `not-signed-in`, `not-found` another clinic, `not-allowed`
   */
  async ofInvitations(
    actor: Actor,
    clinicId: string,
    invitationIds: readonly string[],
  ): Promise<Map<string, LetterToStaff>> {
    requireStaff(actor, clinicId, 'staff.edit');
    return byAbout(
      await this.database.read<Row>(
        `select n.invitation_id as about, ${columns} from notice n
          where n.clinic_id = $1 and n.channel = 'mail' and n.invitation_id = any($2)`,
        [clinicId, invitationIds],
      ),
    );
  }

  /**
   * The members of staff who could not be told by letter what became of their rights at this clinic, by their id: the newest
   * such letter did not arrive, and they have not read it in the portal either.
   * @throws Refusal as `ofInvitations`
   */
  async untoldMembers(
    actor: Actor,
    clinicId: string,
    staffMemberIds: readonly string[],
  ): Promise<Map<string, LetterToStaff>> {
    requireStaff(actor, clinicId, 'staff.edit');
    const rows = await this.database.read<Row & { isRead: boolean }>(
      `select distinct on (m.id) m.id as about, ${columns},
              exists (select from notice p where p.account_notice_id = w.id and p.channel = 'portal' and p.read_at is not null)
                as "isRead"
         from staff_member m
         join account_notice w on w.account_id = m.account_id and w.clinic_id = m.clinic_id
         join notice n on n.account_notice_id = w.id and n.channel = 'mail'
        where m.clinic_id = $1 and m.id = any($2) and w.kind = 'access-changed'
          and w.change in ('rights-given', 'rights-changed', 'rights-ended', 'second-factor')
          and w.at > $3::timestamptz - interval '${shownDays} days'
        order by m.id, w.at desc, w.id desc`,
      [clinicId, staffMemberIds, this.clock.now().toString()],
    );
    const untold = rows.filter(({ isRead, state }) => !isRead && state !== 'sent' && state !== 'waiting');
    return byAbout(untold.map(({ isRead: _, ...row }) => row));
  }
}
