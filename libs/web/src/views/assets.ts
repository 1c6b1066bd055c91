import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packagesFolder, publicFolder } from '../project-files.js';

export interface Asset {
  /** `/assets/<hash>/<name>`; a changed file has another address, so it may be kept for ever. */
  path: string;
  type: string;
  body: Buffer;
  gzip: Buffer;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/** Scripts and styles of packages, served as they are from node_modules. */
const fromPackages: Readonly<Record<string, string>> = {
  'htmx.js': 'htmx.org/dist/htmx.min.js',
  'event-calendar.js': '@event-calendar/build/dist/event-calendar.min.js',
  'cropper.js': 'cropperjs/dist/cropper.min.js',
  'event-calendar.css': '@event-calendar/build/dist/event-calendar.min.css',
};

/** The files that pages link, read once: ours, those of packages and of an app's own folders. */
export class Assets {
  private readonly byName = new Map<string, Asset>();
  private readonly byPath = new Map<string, Asset>();

  constructor(folders: readonly string[] = []) {
    for (const folder of [publicFolder, ...folders]) {
      for (const name of readdirSync(folder)) this.add(name, readFileSync(join(folder, name)));
    }
    for (const [name, file] of Object.entries(fromPackages)) this.add(name, readFileSync(join(packagesFolder, file)));
  }

  private add(name: string, body: Buffer): void {
    const type = types[extname(name)];
    if (type === undefined) return;
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
    const asset = { path: `/assets/${hash}/${name}`, type, body, gzip: gzipSync(body) };
    this.byName.set(name, asset);
    this.byPath.set(asset.path, asset);
  }

  /** The address of a file by its name. @throws Error when there is none, which a template's author must see */
  pathOf(name: string): string {
    const asset = this.byName.get(name);
    if (asset === undefined) throw new Error(`no asset ${name}`);
    return asset.path;
  }

  all(): Asset[] {
    return [...this.byName.values()];
  }

  at(path: string): Asset | undefined {
    return this.byPath.get(path);
  }
}
