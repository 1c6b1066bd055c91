import type { Client } from 'pg';
import { restore, setAside } from './set-aside-constraints.js';

const resourcesAtOnce = 40;

/** Derives all free days from what is open and taken, on as many connections as there are. */
export async function refreshFreeDays(
  client: Client,
  all: readonly Client[],
  days: { first: Temporal.PlainDate; last: Temporal.PlainDate; now: Temporal.Instant },
  say: (what: string) => void,
): Promise<void> {
  const aside = await setAside(client, ['free_day']);
  const builds = aside.tables.flat();
  // The refresh finds rows by their key, so that comes back at once; the other indexes wait.
  for (const build of builds.filter((each) => each.includes('PRIMARY KEY'))) await client.query(build);
  const { rows } = await client.query<{ id: string }>('select id from resource order by id');
  const waiting = rows.map(({ id }) => id);
  let done = 0;
  await Promise.all(
    all.map(async (each) => {
      for (let ids = waiting.splice(0, resourcesAtOnce); ids.length > 0; ids = waiting.splice(0, resourcesAtOnce)) {
        await each.query(`select refresh_free_days(id, $2, $3, $4) from unnest($1::uuid[]) as wanted(id)`, [
          ids,
          days.first.toString(),
          days.last.toString(),
          days.now.toString(),
        ]);
        const before = done;
        done += ids.length;
        if (Math.floor(done / 1000) > Math.floor(before / 1000)) say(`free days of ${done} practitioners`);
      }
    }),
  );
  await restore(all, { ...aside, tables: [builds.filter((each) => !each.includes('PRIMARY KEY'))] });
  if (done % 1000 > 0) say(`free days of ${done} practitioners`);
}
