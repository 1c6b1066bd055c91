import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireAccount } from '#libs/access';
import { CLOCK, type Clock, Database, isId, Refusal } from '#libs/platform';
import { parseInstant } from '#libs/time';
import { ofAccount } from '../may-change.js';
import { type AppointmentView, viewColumns, viewOf, type ViewRow, viewTables } from './appointment-view.js';

/** The appointments of a signed-in person and theirs. */
@Injectable()
export class AppointmentsOfAccount {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A page by start. `coming`: those that have not ended, soonest first, cancelled ones left out; `past`: the others, latest
   * first. With `from` and `to` all that start in that time, soonest first.
   * @throws Refusal `not-signed-in`, `invalid` cursor
   */
  async run(
    actor: Actor,
    wish: {
      which?: 'coming' | 'past';
      patientId?: string;
      from?: Temporal.Instant;
      to?: Temporal.Instant;
      limit?: number;
      cursor?: string;
    } = {},
  ): Promise<{ items: AppointmentView[]; next: string | null }> {
    const { accountId } = requireAccount(actor);
    const limit = Math.min(100, Math.max(1, wish.limit ?? 20));
    const [start, id] = wish.cursor ? placeOf(wish.cursor) : [null, null];
    const isPast = wish.which === 'past';
    const ended = `(a.ends_at <= $7 or a.status in ('cancelled', 'entered-in-error'))`;
    const which = wish.which === undefined ? 'true or $7::timestamptz is null' : isPast ? ended : `not ${ended}`;
    const beyond = isPast ? '<' : '>';
    const order = isPast ? 'desc' : 'asc';
    const rows = await this.database.read<ViewRow>(
      `select ${viewColumns} from ${viewTables}
        where ${ofAccount}
          and ($2::uuid is null or a.patient_id = $2)
          and ($3::timestamptz is null or a.starts_at >= $3)
          and ($4::timestamptz is null or a.starts_at < $4)
          and (${which})
          and ($5::timestamptz is null or (a.starts_at, a.id) ${beyond} ($5::timestamptz, $6::uuid))
        order by a.starts_at ${order}, a.id ${order} limit $8`,
      [
        accountId,
        wish.patientId ?? null,
        wish.from?.toString() ?? null,
        wish.to?.toString() ?? null,
        start,
        id,
        this.clock.now().toString(),
        limit + 1,
      ],
    );
    const page = rows.slice(0, limit).map(viewOf);
    const last = page.at(-1);
    return {
      items: page,
      next:
        rows.length > limit && last ? Buffer.from(`${last.start.toString()} ${last.id}`).toString('base64url') : null,
    };
  }
}

function placeOf(cursor: string): [string, string] {
  const [start = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  if (parseInstant(start) === null || !isId(id)) {
    throw new Refusal('invalid', { errors: [{ path: 'cursor', code: 'unknown' }] });
  }
  return [start, id];
}
