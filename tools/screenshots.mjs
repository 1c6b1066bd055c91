// npm run screenshots: opens every page of both apps and every letter in Chromium, at three widths, light and dark, and in
// four languages, and writes pictures to screenshots/. Arguments choose pages: npm run screenshots -- book-who calendar
// With --readme it renews the small ones of docs/images too.
// Ends with 1 when a page can be pushed sideways, says something in the console, or asks another origin for anything.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { chromiumArguments, chromiumPath } from './chromium.mjs';
import { root } from './files.mjs';
import { placesOf } from './postgres/place.mjs';
import { freePorts, startPortal } from './screenshots/running-portal.mjs';
import { explain } from './sentence.mjs';

/** A Monday morning in Rīga, far from holidays and changes of the clocks: every run shows the same days. */
const monday = '2026-11-16T07:30:00Z';
const folder = join(root, 'screenshots');
const isForReadme = process.argv.includes('--readme');
const names = process.argv.slice(2).filter((each) => each !== '--readme');
const cache = join(root, '.cache');
let portal;
let dataDir;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => void close().then(() => process.exit(1)));

try {
  await build(console.log);
  mkdirSync(cache, { recursive: true });
  dataDir = mkdtempSync(join(cache, 'screenshots-'));
  const ports = await freePorts();
  const begin = async (clock) => {
    portal = await startPortal({ dataDir, clock, ports });
    return { ...portal.places, clockOffsetMs: keptOffset() };
  };
  console.log('Starting a portal for the pictures …');
  const places = await begin(monday);
  if (names.length === 0) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { takePictures } = await import(pathToFileURL(join(root, 'dist', 'tools', 'screenshots', 'main.js')).href);
  const { pictures, problems } = await takePictures({
    places,
    chromium: { executablePath: await chromiumPath(), args: chromiumArguments },
    folder,
    names,
    small: isForReadme ? join(root, 'docs', 'images') : undefined,
    say: (line) => console.log(line),
    async later(hours) {
      await portal.stop();
      return begin(Temporal.Instant.from(monday).add({ hours }).toString());
    },
  });
  console.log(`${pictures} pictures in ${relative(root, folder)}/, ${problems.length} problems.`);
  process.exitCode = problems.length > 0 ? 1 : 0;
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
} finally {
  await close();
}

function keptOffset() {
  return JSON.parse(readFileSync(join(dataDir, 'clock.json'), 'utf8')).offsetMilliseconds;
}

async function close() {
  await portal?.stop();
  if (!dataDir) return;
  for (const place of placesOf(dataDir)) rmSync(place, { recursive: true, force: true });
}
