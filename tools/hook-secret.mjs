// node tools/hook-secret.mjs: prints the secret with which a mail service signs the letters that it hands on.
import { build } from './build.mjs';
import { compiled } from './files.mjs';
import { explain } from './sentence.mjs';
import { dataDirOf, fillEnvironment } from './settings.mjs';

try {
  await build(() => undefined);
  // The database is not asked, but its address has to be one.
  Object.assign(process.env, { DATABASE_URL: 'postgres://unused@localhost/unused' });
  Object.assign(process.env, fillEnvironment(process.env, dataDirOf(process.env)));
  const { mailHookSecrets } = await compiled('libs', 'notifications', 'src', 'incoming', 'mail-hook.js');
  console.log(mailHookSecrets()[0]);
} catch (error) {
  console.error(`Pieraksts: ${explain(error)}`);
  process.exitCode = 1;
}
