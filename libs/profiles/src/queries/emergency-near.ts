import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';
import type { EmergencyProvider } from '../branch.entity.js';

/** Of what somebody looked at: the nearer to it, the better the provider fits. */
export interface Whereabouts {
  branchId?: string | undefined;
  clinicId?: string | undefined;
  city?: string | undefined;
}

/** How many are named where the branch is not known. */
const most = 2;

/** The nearest round-the-clock providers: what every page says that has no time to offer (R3-05, promise 12). */
@Injectable()
export class EmergencyNear {
  constructor(private readonly database: Database) {}

  /**
   * The branch's own provider; else those of the clinic's branches, of the city, or of any place, two at most. There is
   * always one, as long as a clinic is published.
   */
  async run({ branchId, clinicId, city }: Whereabouts): Promise<EmergencyProvider[]> {
    const rows = await this.database.read<{ emergency: EmergencyProvider; nearness: number }>(
      `select b.emergency,
              case when b.id = $1 then 3 when b.clinic_id = $2 then 2 when fold(b.city) = fold($3) then 1 else 0 end as nearness
         from branch b
         join clinic k on k.id = b.clinic_id and (k.published or b.id = $1)
        where b.emergency ->> 'name' <> ''
        order by nearness desc, b.id
        limit 20`,
      [branchId ?? null, clinicId ?? null, city ?? null],
    );
    const nearest = rows.filter(({ nearness }) => nearness === rows[0]?.nearness);
    const single = new Map(nearest.map(({ emergency }) => [`${emergency.name} ${emergency.phone}`, emergency]));
    return [...single.values()].slice(0, rows[0]?.nearness === 3 ? 1 : most);
  }
}
