import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { languages } from '#libs/platform';
import { templatesFolder } from '../src/project-files.js';
import { Assets } from '../src/views/assets.js';
import { type PageFrame, Views } from '../src/views/views.js';
import { styleGuideModel } from './model.js';

/** Writes every component as two static pages with their styles and scripts: `node dist/libs/web/style-guide/render.js <folder>`. */
const folder = process.argv[2] ?? 'style-guide';
const assets = new Assets();
const views = new Views(templatesFolder, assets);
views.check();

const links = [
  { path: '/', label: 'common.times.first-free', href: '#', isCurrent: true, icon: 'search' },
  { path: '/my-appointments', label: 'common.times.all', href: '#', isCurrent: false, icon: 'calendar-check' },
  { path: '/pending', label: 'common.status.pending', href: '#', isCurrent: false, icon: 'hourglass', count: 7 },
];

const frame = (app: PageFrame['app'], language: PageFrame['language']): PageFrame => ({
  language,
  app,
  title: 'Style guide',
  path: `/${language}/`,
  requestId: '01',
  chrome: { links: [], ...(app === 'clinic' && { actorName: 'Sandra Liepiņa', actorPlace: 'Dzintara klīnika' }) },
  links: app === 'booking' ? links.slice(0, 2) : links,
  flash: { kind: 'success', text: 'Pieraksts ir pārcelts uz ceturtdienu, 3. decembri, plkst. 09.20.' },
  languages: languages.map((code) => ({ code, name: code, path: '#', address: '#', isCurrent: code === language })),
});

mkdirSync(folder, { recursive: true });
for (const app of ['booking', 'clinic'] as const) {
  for (const language of languages) {
    const html = views.render('web/style-guide', styleGuideModel, frame(app, language));
    // Read from the disk: the addresses lose their leading slash, the files keep their hash.
    writeFileSync(join(folder, `${app}-${language}.html`), html.replaceAll('"/assets/', '"assets/'));
  }
}
for (const asset of assets.all()) {
  const file = join(folder, asset.path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, asset.body);
}
