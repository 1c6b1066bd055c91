import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// The machine's own Node may be older than the one that npm puts first on the path.
if (!globalThis.Temporal) {
  console.error(`Run this through npm, such as "npm start": it needs the pinned Node, and this is ${process.version}.`);
  process.exit(1);
}

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** A module of ours as it was built; a fresh clone has none until it builds. */
export const compiled = (...path) => import(pathToFileURL(join(root, 'dist', ...path)).href);

/** Paths of files, relative to `from` with forward slashes and sorted, below the given folders. */
export function filesUnder(from, folders, pattern) {
  const found = [];
  for (const folder of folders) {
    if (!existsSync(join(from, folder))) continue;
    for (const entry of readdirSync(join(from, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
        .slice(from.length + 1)
        .replaceAll('\\', '/');
      if (entry.isFile() && pattern.test(path)) found.push(path);
    }
  }
  return found.sort();
}
