import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, inFours, Jobs, open, Refusal, seal, type Tx } from '#libs/platform';
import type { Actor } from './actor.js';
import { isInvitationKey } from './invitation-key.js';
import { newKnownDevice } from './known-device.js';
import { findInvitation, type OpenInvitation } from './open-invitation.js';
import { hashPassword } from './passwords.js';
import { passwordMistake } from './rules/password.js';
import { rotateSession } from './session-rows.js';
import type { SignedIn } from './sign-in-staff.js';
import { dayOf, isStaffOn } from './staff-record.js';
import { orWrongChoice, rightsAsDetails, writeReach, writeStaffEvent } from './staff-rights.js';
import { tellAccount } from './tell-account.js';
import { newTotpSecret, stepOf, totpAddress } from './totp.js';

/** What the page of an invitation shows. */
export interface InvitationShown {
  id: string;
  clinicId: string;
  purpose: 'join' | 'renew';
  email: string;
  name: string;
  role: OpenInvitation['rights']['role'];
  expiresAt: Temporal.Instant;
  /**
   * `choose`: a password and a second factor are to be chosen; `sign-in`: the address signs in already, and does so
   * before accepting; `accept`: whoever is signed in is the one who is meant; `other`: somebody else is signed in.
   */
  next: 'choose' | 'sign-in' | 'accept' | 'other';
}

/** A second factor that is being set up: sealed in the form, so that nothing is kept before it is proven. */
export interface FactorToSetUp {
  sealed: string;
  /** For typing, in fours. */
  secret: string;
  /** What the program scans. */
  address: string;
}

const sealedSecret = (invitationId: string, secret: string): string =>
  seal(JSON.stringify([invitationId, secret])).toString('base64url');

/** The secret that was sealed for this invitation, or null. */
function secretIn(invitationId: string, sealed: string): string | null {
  try {
    const [id, secret] = JSON.parse(open(Buffer.from(sealed, 'base64url'))) as [unknown, unknown];
    return id === invitationId && typeof secret === 'string' ? secret : null;
  } catch {
    return null;
  }
}

/** The link of an invitation's letter: what it opens, and accepting it, once. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `link-expired` when it is unknown, wrong, used, withdrawn or over; which of them is not told */
  async show(actor: Actor, link: { id: string; key: string }): Promise<InvitationShown> {
    const { reader } = this.database;
    const invitation = this.opened(await findInvitation(reader, link.id), link.key);
    const { id, clinicId, purpose, email, name, rights, expiresAt } = invitation;
    const next = await this.nextFor(reader, actor, invitation);
    return { id, clinicId, purpose, email, name, role: rights.role, expiresAt, next };
  }

  /** A new secret for the form; or the one that came back with it. */
  factor(invitation: { id: string; email: string }, sealed?: string): FactorToSetUp {
    const secret = (sealed && secretIn(invitation.id, sealed)) || newTotpSecret();
    return {
      sealed: sealedSecret(invitation.id, secret),
      secret: inFours(secret),
      address: totpAddress(secret, invitation.email),
    };
  }

  /**
   * Accepts as somebody new, or anew: with a password and a proven second factor; they are signed in.
   * @throws Refusal `link-expired`; `wrong-state` for an address that signs in already; `invalid` (`password`, `code`)
   */
  async choose(
    link: { id: string; key: string },
    chosen: { password: string; code: string; sealed: string; about: readonly string[]; former?: string | undefined },
  ): Promise<SignedIn> {
    const secret = secretIn(link.id, chosen.sealed);
    const now = this.clock.now();
    const step = secret === null ? null : await stepOf(secret, chosen.code, now, 0);
    const hash = await hashPassword(chosen.password);
    return orWrongChoice(
      this.database.transaction(async (tx) => {
        const invitation = this.opened(await findInvitation(tx, link.id, { isLocked: true }), link.key);
        const next = await this.nextFor(tx, { kind: 'anonymous', sessionId: null }, invitation);
        if (next !== 'choose') throw new Refusal('wrong-state');
        const mistake = passwordMistake(chosen.password, [invitation.email, invitation.name, ...chosen.about]);
        const errors = [
          ...(mistake ? [{ path: 'password', code: mistake }] : []),
          ...(step === null || secret === null ? [{ path: 'code', code: 'staff.errors.wrong-code' }] : []),
        ];
        if (errors.length > 0 || secret === null) throw new Refusal('invalid', { errors });
        const accountId = await keepAccount(tx, invitation, now);
        await tx.query(
          `insert into staff_credential (account_id, password_hash, totp_sealed, totp_last_step, last_signed_in_at)
           values ($1, $2, $3, $4, $5)
           on conflict on constraint staff_credential_pkey do update
             set password_hash = excluded.password_hash, totp_sealed = excluded.totp_sealed,
                 totp_last_step = excluded.totp_last_step, failed_attempts = 0, locked_until = null,
                 last_signed_in_at = excluded.last_signed_in_at`,
          [accountId, hash, seal(secret), step, now.toString()],
        );
        await tx.query(`delete from session where account_id = $1 and app = 'clinic'`, [accountId]);
        await this.begin(tx, invitation, accountId, now);
        const session = await rotateSession(tx, chosen.former, { app: 'clinic', accountId, level: 'two-factor' }, now);
        return { accountId, ...session, knownDevice: newKnownDevice(accountId) };
      }),
    );
  }

  /**
   * Accepts as somebody who signs in already, at another clinic, and has done so.
   * @returns the role at this clinic
   * @throws Refusal `link-expired`, `not-signed-in`, `not-allowed` for another address than the invited one
   */
  async accept(actor: Actor, link: { id: string; key: string }): Promise<{ staffMemberId: string }> {
    return orWrongChoice(
      this.database.transaction(async (tx) => {
        const invitation = this.opened(await findInvitation(tx, link.id, { isLocked: true }), link.key);
        if (actor.kind !== 'staff') throw new Refusal('not-signed-in');
        if ((await this.nextFor(tx, actor, invitation)) !== 'accept') throw new Refusal('not-allowed');
        return { staffMemberId: await this.begin(tx, invitation, actor.accountId, this.clock.now()) };
      }),
    );
  }

  private opened(invitation: OpenInvitation | undefined, key: string): OpenInvitation {
    const isOpen =
      invitation !== undefined &&
      isInvitationKey(invitation.id, invitation.expiresAt, key) &&
      Temporal.Instant.compare(this.clock.now(), invitation.expiresAt) < 0;
    if (!isOpen) throw new Refusal('link-expired');
    return invitation;
  }

  private async nextFor(
    reader: Pick<Tx, 'query'>,
    actor: Actor,
    { email }: OpenInvitation,
  ): Promise<InvitationShown['next']> {
    const [known] = await reader.query<{ accountId: string; works: boolean }>(
      `select a.id as "accountId",
              exists (select from staff_credential c where c.account_id = a.id)
              and exists (select from staff_member m where m.account_id = a.id and ${isStaffOn('$2::date')}) as works
         from account a where a.email = $1`,
      [email, dayOf(this.clock.now())],
    );
    if (actor.kind === 'staff' && actor.accountId !== known?.accountId) return 'other';
    if (!known?.works) return 'choose';
    return actor.kind === 'staff' ? 'accept' : 'sign-in';
  }

  /** Gives the rights of the invitation and uses it up. */
  private async begin(tx: Tx, invitation: OpenInvitation, accountId: string, now: Temporal.Instant): Promise<string> {
    const { id, clinicId, rights, name, purpose } = invitation;
    await tx.query(`update staff_invitation set accepted_at = $2 where id = $1`, [id, now.toString()]);
    const event = { clinicId, at: now, invitationId: id };
    if (purpose === 'renew' && invitation.staffMemberId) {
      const { staffMemberId } = invitation;
      await writeStaffEvent(tx, { ...event, kind: 'second-factor-renewed', actorId: staffMemberId, staffMemberId });
      const told = { accountId, clinicId, at: now };
      await tellAccount(tx, this.jobs, { ...told, kind: 'access-changed', change: 'second-factor' });
      return staffMemberId;
    }
    const today = dayOf(now);
    const [member] = await tx.query<{ id: string }>(
      `insert into staff_member (account_id, clinic_id, role, practitioner_id, display_name, active_from, bound_to_branches)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict on constraint staff_member_once do update
         set role = excluded.role, practitioner_id = excluded.practitioner_id, display_name = excluded.display_name,
             active_from = least(staff_member.active_from, excluded.active_from), active_to = null,
             bound_to_branches = excluded.bound_to_branches, version = staff_member.version + 1
       returning id`,
      [accountId, clinicId, rights.role, rights.practitionerId, name, today, rights.branchIds !== null],
    );
    if (!member) throw new Error('a member of staff who was just kept is not there');
    await writeReach(tx, { id: member.id, clinicId }, rights, today);
    const details = rightsAsDetails(rights);
    await writeStaffEvent(tx, { ...event, kind: 'joined', actorId: member.id, staffMemberId: member.id, details });
    return member.id;
  }
}

/** The account of the invited address, which the letter's key has proven. */
async function keepAccount(tx: Tx, { email, language }: OpenInvitation, now: Temporal.Instant): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `insert into account (email, email_verified_at, language, created_at) values ($1, $2, $3, $2)
     on conflict on constraint account_email_once do update set email_verified_at = excluded.email_verified_at
     returning id`,
    [email, now.toString(), language],
  );
  if (!row) throw new Error('an account that was just kept is not there');
  return row.id;
}
