import { relative } from 'node:path';
import { root } from '../files.mjs';
import { demoSignIns } from './demo.mjs';

/** Tells a newcomer where everything is; addresses first, so that they are found again above later lines. */
export async function announce({ settings, ports, demo, logs }) {
  const rows = [
    ['Patients book', settings.bookingUrl],
    ['Clinic staff', settings.clinicUrl],
    ...(ports.MAILBOX_PORT ? [['Letters sent', `http://localhost:${ports.MAILBOX_PORT}`]] : []),
    ...(ports.IDENTITY_PORT ? [['Be anyone (eID)', `http://localhost:${ports.IDENTITY_PORT}, through "sign in"`]] : []),
  ];
  console.log('\nPieraksts is ready\n');
  for (const [what, where] of rows) console.log(`  ${what.padEnd(16)} ${where}`);
  const signIns = demo ? await demoSignIns() : [];
  if (signIns.length > 0) {
    console.log('\n  Demo sign-ins for clinic staff');
    console.log(table(signIns.map(({ role, clinic, email, password }) => [role, clinic, email, password])));
    if (ports.IDENTITY_PORT)
      console.log(`  The six-digit codes that go with them: http://localhost:${ports.IDENTITY_PORT}/codes`);
    else for (const { email, totpSecret } of signIns) console.log(`  ${email}: authenticator secret ${totpSecret}`);
  }
  if (logs) console.log(`\n  Logs are in ${relative(root, logs) || logs}. Ctrl-C stops everything.`);
  console.log('');
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map(
      (row) =>
        `    ${row
          .map((cell, column) => cell.padEnd(widths[column]))
          .join('  ')
          .trimEnd()}`,
    )
    .join('\n');
}
