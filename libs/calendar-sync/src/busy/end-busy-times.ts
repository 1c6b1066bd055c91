import { Inject, Injectable } from '@nestjs/common';
import { KeepBusyTimes } from '#libs/appointments';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { connectionById } from '../connection-rows.js';
import { calendarsOf } from './reading-rows.js';
import { WatchBusyTimes } from './watch-busy-times.js';

/** After a practitioner disconnected their calendar: ends its channels, opens what it closed, and forgets what it said. */
@Injectable()
export class EndBusyTimes {
  constructor(
    private readonly database: Database,
    private readonly keep: KeepBusyTimes,
    private readonly watch: WatchBusyTimes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Safe to repeat; before the permission is given back. A connection for something else is left alone. */
  async run({ connectionId }: { connectionId: string }): Promise<void> {
    const connection = await connectionById(this.database, connectionId);
    if (connection?.purpose !== 'busy' || connection.state !== 'ending') return;
    if (connection.caller) await this.watch.stop(connection.caller, await calendarsOf(this.database, connectionId));
    const [reading] = await this.database.read<{ practitionerId: string }>(
      `select practitioner_id as "practitionerId" from busy_reading where connection_id = $1`,
      [connectionId],
    );
    if (!reading) return;
    const now = this.clock.now();
    const within = { start: now, end: now.add({ hours: 24 }) };
    await this.keep.run({ ...reading, clinicIds: [], busy: [], within, isPaused: false }, async (tx) => {
      await tx.query(
        `delete from busy_reading r using calendar_connection n
          where r.connection_id = $1 and n.id = r.connection_id and n.state = 'ending'`,
        [connectionId],
      );
    });
  }
}
