import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, type Language } from '#libs/platform';
import { invitationKey } from '../invitation-key.js';
import { findInvitation } from '../open-invitation.js';
import type { StaffRole } from '../rules/permissions.js';

/** What the letter of an invitation needs. */
export interface InvitationLetter {
  clinicId: string;
  email: string;
  language: Language;
  purpose: 'join' | 'renew';
  role: StaffRole;
  /** The key of its link. */
  key: string;
  expiresAt: Temporal.Instant;
}

/** The letter of an invitation that still waits for its answer. */
@Injectable()
export class InvitationToSend {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns null when it was accepted or withdrawn, or is over, so that a late letter is not sent */
  async run(id: string): Promise<InvitationLetter | null> {
    const invitation = await findInvitation(this.database.reader, id);
    if (!invitation || Temporal.Instant.compare(this.clock.now(), invitation.expiresAt) >= 0) return null;
    const { clinicId, email, language, purpose, rights, expiresAt } = invitation;
    return { clinicId, email, language, purpose, role: rights.role, key: invitationKey(id, expiresAt), expiresAt };
  }
}
