// npm run db:migrate: brings the database to the schema of this version. `npm start` does the same.
import { migrateDatabase } from './migrations.mjs';
import { explain } from './sentence.mjs';
import { withDatabase } from './with-database.mjs';

try {
  await withDatabase(async ({ DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl }) => {
    const steps = await migrateDatabase({ appUrl, ownerUrl: ownerUrl || appUrl });
    console.log(steps ? `The schema went ${steps} steps forward.` : 'The schema is current.');
  });
} catch (error) {
  console.error(`Pieraksts: ${explain(error)}`);
  process.exitCode = 1;
}
