import { Inject, Injectable } from '@nestjs/common';
import { calendarTerms, findHold } from '#libs/calendars';
import { CLOCK, type Clock, Database, Refusal, violated } from '#libs/platform';
import { type ServiceConditions, referralAsked, serviceConditions } from '#libs/profiles';
import { type HoldProof, requireLiveHold } from './hold-proof.js';
import type { ReferralForm } from './referral-form.js';
import { referralDraft, requireFresh, requireUnused, sealForm, sealReferral } from './referral.js';
import type { ReferralDetails } from './rules/referral-details.js';

/** What is asked of a referral for a held time, and what was told of it so far. */
export interface ReferralOfHold {
  asked: 'needed' | 'offered' | 'none';
  details: ReferralDetails | null;
  hasForm: boolean;
}

/**
 * Keeps what a visitor tells of their referral while the time is held, so that an uploaded form outlives a mistake in the
 * next step; it goes with the hold. Booking with the hold takes it.
 * Refusals: `hold-expired`, `not-found` somebody else's hold, `invalid` at `referral.number` when there is neither a number
 * nor a form, at `referral.date` for a day to come, `referral-expired`, `referral-used`.
 */
@Injectable()
export class KeepReferral {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    holdId,
    proof,
    details,
    form,
  }: {
    holdId: string;
    proof: HoldProof;
    details: ReferralDetails;
    /** Null: keep the one that was uploaded before, if any. */
    form: ReferralForm | null;
  }): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        const now = this.clock.now();
        const hold = requireLiveHold(await findHold(tx, holdId), proof, now);
        const terms = await calendarTerms(tx, hold.calendarId, hold.serviceId);
        const service = terms && (await serviceConditions(tx, terms.serviceId));
        if (!terms || !service) throw new Refusal('hold-expired');
        const before = await referralDraft(tx, holdId);
        if (
          details.number === null &&
          form === null &&
          !before?.form &&
          referralAsked(service, terms.payer) === 'needed'
        )
          throw new Refusal('invalid', { errors: [{ path: 'referral.number', code: 'number-or-form' }] });
        await requireFresh(tx, service.country, details, now.toZonedDateTimeISO(terms.zone).toPlainDate());
        await requireUnused(tx, service.country, details.number);
        const kept = form === null ? null : sealForm(form);
        await tx.query(
          `insert into referral_draft (hold_id, details_sealed, form_kind, form_sealed) values ($1, $2, $3, $4)
           on conflict on constraint referral_draft_pkey do update
             set details_sealed = excluded.details_sealed,
                 form_kind = coalesce(excluded.form_kind, referral_draft.form_kind),
                 form_sealed = coalesce(excluded.form_sealed, referral_draft.form_sealed)`,
          [holdId, sealReferral(details), kept?.kind ?? null, kept?.sealed ?? null],
        );
      });
    } catch (thrown) {
      if (violated(thrown) === 'referral_draft_hold_fkey') throw new Refusal('hold-expired');
      throw thrown;
    }
  }

  /** What was told so far. The caller has shown that the hold is theirs. */
  async of(holdId: string, service: ServiceConditions, payer: 'state' | 'paid'): Promise<ReferralOfHold> {
    const asked = referralAsked(service, payer);
    if (asked === 'none') return { asked, details: null, hasForm: false };
    const kept = await referralDraft(this.database.reader, holdId);
    return { asked, details: kept?.details ?? null, hasForm: kept?.form !== null && kept?.form !== undefined };
  }
}
