// npm run audit: checks the promises on the data of the running database and prints what disagrees.
import pg from 'pg';
import { compiled } from './files.mjs';
import { explain } from './sentence.mjs';
import { withDatabase } from './with-database.mjs';

try {
  await withDatabase(async ({ DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, CLOCK_OFFSET_MS: offset }) => {
    const { audit } = await compiled('tools', 'audit', 'audit.js');
    const client = new pg.Client(ownerUrl || appUrl);
    await client.connect();
    try {
      const now = Temporal.Now.instant().add({ milliseconds: Number(offset) });
      const faults = await audit({ query: async (text, values) => (await client.query(text, values)).rows }, now);
      for (const { promise, id } of faults) console.log(`${promise}: ${id}`);
      console.log(faults.length ? `${faults.length} places disagree.` : 'All promises are kept.');
      if (faults.length) process.exitCode = 1;
    } finally {
      await client.end();
    }
  });
} catch (error) {
  console.error(`Pieraksts: ${explain(error)}`);
  process.exitCode = 1;
}
