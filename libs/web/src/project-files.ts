import { join } from 'node:path';

/** The project's root, seen from the compiled file (dist/libs/web/src). */
const root = join(import.meta.dirname, '../../../..');

export const templatesFolder = join(root, 'templates');
export const publicFolder = join(root, 'libs/web/public');
export const packagesFolder = join(root, 'node_modules');
