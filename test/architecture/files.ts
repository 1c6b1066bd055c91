import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The project's root, seen from the compiled file (dist/test/architecture). */
export const root = join(import.meta.dirname, '../../..');

/** Paths of source files below a folder, relative to the root, with forward slashes. */
export function filesBelow(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => pattern.test(path))
    .sort();
}

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');
