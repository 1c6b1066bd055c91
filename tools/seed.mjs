// npm run seed: fills an empty database with the demo, or with as much as is asked for:
// npm run seed -- --practitioners 10000 --appointments 2000000
import { compiled } from './files.mjs';
import { migrateDatabase } from './migrations.mjs';
import { explain } from './sentence.mjs';
import { withDatabase } from './with-database.mjs';

try {
  await withDatabase(async ({ DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl }) => {
    const { readWish, seedDemo } = await compiled('tools', 'seed', 'main.js');
    const wish = readWish(process.argv.slice(2));
    await migrateDatabase({ appUrl, ownerUrl: ownerUrl || appUrl });
    await seedDemo(wish);
  });
} catch (error) {
  console.error(`Pieraksts: ${error.name === 'CannotSeed' ? error.message : explain(error)}`);
  process.exitCode = 1;
}
