import { compiled } from './files.mjs';

/** Brings a database to the schema of this version and gives the apps' role its rights. Answers how many steps ran. */
export async function migrateDatabase({ ownerUrl, appUrl }) {
  const { migrate } = await compiled('libs', 'platform', 'src', 'migrate.js');
  const { migrations } = await compiled('migrations', 'index.js');
  return migrate({ ownerUrl, appUrl, migrations });
}
