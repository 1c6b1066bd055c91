import { Inject, Injectable } from '@nestjs/common';
import { requireStaff, type StaffActor } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import { isSender } from '../rules/sms-settings.js';
import type { SmsSettings } from './sms-settings-of.js';

/** What a clinic says of its short messages. */
@Injectable()
export class KeepSmsSettings {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-allowed`; `invalid` for a sender that no phone can show */
  async run({ actor, settings }: { actor: StaffActor; settings: SmsSettings }): Promise<void> {
    requireStaff(actor, actor.clinicId, 'letters.edit');
    const { sender, monthlyCap, plainLetters } = settings;
    if (sender !== null && !isSender(sender)) {
      throw new Refusal('invalid', { errors: [{ path: 'sender', code: 'sms.page.sender-wrong' }] });
    }
    await this.database.transaction((tx) =>
      tx.query(
        `insert into sms_setting (clinic_id, sender, monthly_cap, plain_letters, changed_at, changed_by)
         values ($1, $2, $3, $4, $5, $6)
         on conflict on constraint sms_setting_pkey
         do update set sender = $2, monthly_cap = $3, plain_letters = $4, changed_at = $5, changed_by = $6`,
        [actor.clinicId, sender, monthlyCap, plainLetters, this.clock.now().toString(), actor.staffMemberId],
      ),
    );
  }
}
