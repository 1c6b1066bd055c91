import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database, type FieldError, Refusal } from '#libs/platform';
import { mostOffsets, offsetText, type ReminderSettings } from '../rules/reminder-settings.js';
import { settingsOfClinic } from './settings-of-clinics.js';

const longestQuiet = 16 * 60;

/** When a clinic reminds its patients. */
@Injectable()
export class KeepReminderSettings {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-signed-in`, `not-found`, `not-allowed` */
  async of(actor: Actor, clinicId: string): Promise<ReminderSettings> {
    requireStaff(actor, clinicId, 'letters.edit');
    return settingsOfClinic(this.database.reader, clinicId);
  }

  /**
   * Holds from the next round on, also for visits that are booked already.
   * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`; `invalid` with the path of each setting that cannot be
   */
  async run(actor: Actor, clinicId: string, settings: ReminderSettings): Promise<void> {
    const staff = requireStaff(actor, clinicId, 'letters.edit');
    const errors = mistakesIn(settings);
    if (errors.length > 0) throw new Refusal('invalid', { errors });
    const { mail, sms, quietFrom, quietTo, letterHours, queueMonths } = settings;
    await this.database.transaction((tx) =>
      tx.query(
        `insert into reminder_setting
           (clinic_id, mail, sms, quiet_from, quiet_to, letter_hours, queue_months, changed_at, changed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict on constraint reminder_setting_pkey
         do update set mail = $2, sms = $3, quiet_from = $4, quiet_to = $5, letter_hours = $6, queue_months = $7,
                       changed_at = $8, changed_by = $9`,
        [
          clinicId,
          mail.map(offsetText),
          sms.map(offsetText),
          quietFrom.toString(),
          quietTo.toString(),
          letterHours,
          queueMonths,
          this.clock.now().toString(),
          staff.staffMemberId,
        ],
      ),
    );
  }
}

function mistakesIn({ mail, sms, quietFrom, quietTo }: ReminderSettings): FieldError[] {
  const errors: FieldError[] = [];
  for (const [path, offsets] of Object.entries({ mail, sms })) {
    const texts = offsets.map(offsetText);
    if (texts.length > mostOffsets || new Set(texts).size < texts.length) errors.push({ path, code: 'choice' });
  }
  const minutes = (quietFrom.until(quietTo).total('minutes') + 24 * 60) % (24 * 60);
  if (minutes > longestQuiet) errors.push({ path: 'quietTo', code: 'choice' });
  return errors;
}
