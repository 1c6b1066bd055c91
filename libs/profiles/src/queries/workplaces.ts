import { Inject, Injectable } from '@nestjs/common';
import type { StaffRole } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';

/** A clinic where somebody works today, and as what. */
export interface Workplace {
  staffMemberId: string;
  clinicId: string;
  clinicName: string;
  role: StaffRole;
  /** Whether patients see the clinic. */
  isPublished: boolean;
}

/** Where an account works: most people at one clinic, some doctors at several. */
@Injectable()
export class Workplaces {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By the clinic's name; a role that has ended or not begun is left out. */
  of(accountId: string): Promise<Workplace[]> {
    // Both countries of the portal keep the same day.
    const today = this.clock.now().toZonedDateTimeISO('Europe/Riga').toPlainDate().toString();
    return this.database.read<Workplace>(
      `select m.id as "staffMemberId", m.clinic_id as "clinicId", k.name as "clinicName", m.role,
                k.published as "isPublished"
         from staff_member m join clinic k on k.id = m.clinic_id
        where m.account_id = $1 and m.active_from <= $2 and (m.active_to is null or m.active_to >= $2)
        order by k.name collate "lv-x-icu", m.id`,
      [accountId, today],
    );
  }
}
