import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Handlebars from 'handlebars';
import { hasMessage, languages } from '#libs/platform';
import { templatesFolder } from '../project-files.js';
import { Assets } from './assets.js';
import { createHelpers } from './helpers.js';
import { iconNames } from './icons.js';
import { pathTo } from './paths.js';
import { type PageFrame, Views } from './views.js';

const assets = new Assets();
const views = new Views(templatesFolder, assets);

const frame: PageFrame = {
  language: 'lv',
  app: 'booking',
  title: '<Anna>',
  path: '/lv/',
  requestId: '1',
  languages: [],
};
const nasty = `"><script>alert(1)</script>'{{constructor}}&`;

/** Renders one line of a template with our helpers. */
const line = (source: string, model: object, language: PageFrame['language'] = 'lv'): string => {
  const engine = Handlebars.create();
  engine.registerHelper(createHelpers(assets));
  return engine.compile(source)({ ...model, page: { ...frame, language } });
};

const templates = readdirSync(templatesFolder, { recursive: true })
  .map(String)
  .filter((file) => /^(?!mail|sms).*\.hbs$/.test(file));

describe('templates', () => {
  it('compile, and call only helpers that exist', () => {
    expect(() => views.check()).not.toThrow();
  });

  it.each(templates)('%s prints nothing unescaped but the body of a layout', (file) => {
    const source = readFileSync(join(templatesFolder, file), 'utf8');
    expect(source.replace('{{{body}}}', '')).not.toContain('{{{');
    expect(source).not.toMatch(/\s(style|on\w+)=/);
    // Data in a script element is not run, and `jsonLd` lets nothing end it.
    expect(source.replace(/<script type="application\/(?:ld\+)?json"(?: id="[\w-]+")?>\{\{jsonLd /g, '')).not.toMatch(
      /<script(?! src=)/,
    );
  });
});

describe.each(templates)('%s', (file) => {
  const source = readFileSync(join(templatesFolder, file), 'utf8');

  it('names icons that were drawn', () => {
    const named = [...source.matchAll(/\bicon[ =]["']([\w-]+)["']/g)].map(([, name]) => name);
    expect(named.filter((name) => !iconNames.includes(name ?? ''))).toEqual([]);
  });

  it('has its words in every language', () => {
    const keys = [...source.matchAll(/[{(]t ["']([\w.-]+)["']/g)].map(([, key = '']) => key);
    const missing = languages.flatMap((language) =>
      keys.filter((key) => !hasMessage(language, key)).map((key) => `${language}: ${key}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('a page', () => {
  it('shows what was typed as text, in its title, its fields and its attributes', () => {
    const model = {
      title: nasty,
      detail: nasty,
      icon: 'search',
      way: { path: nasty, label: nasty },
      isOurs: true,
      requestId: nasty,
    };
    const html = views.render('web/error', model, { ...frame, title: nasty });
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script&gt;alert(1)');
    expect(html).toContain('{{constructor}}');
  });

  it('does not read getters or prototypes of what it is given', () => {
    expect(line('{{a.constructor.name}}{{a.__proto__}}', { a: {} })).toBe('');
  });

  it('puts structured data into a script that cannot be ended from inside', () => {
    const html = line('<script type="application/ld+json">{{jsonLd data}}</script>', {
      data: { name: '</script><b>&\u2028' },
    });
    expect(html).not.toContain('</script><b>');
    expect(JSON.parse(html.replace(/^<script[^>]*>|<\/script>$/g, ''))).toEqual({ name: '</script><b>&\u2028' });
  });
});

describe('helpers', () => {
  it('write instants in the clinic’s zone and plain dates as they are', () => {
    expect(line(`{{time '2026-07-01T06:20:00Z' 'Europe/Riga'}}`, {})).toBe('09:20');
    expect(line(`{{date '2026-12-03' 'full'}}`, {}, 'et')).toBe('neljapäev, 3. detsember 2026');
    expect(line(`{{date '2026-12-02T23:30:00Z' 'Europe/Tallinn' 'day-month'}}`, {}, 'en')).toBe('3 December');
  });

  it('write a mistake with its limits, and a code that nobody knows as "invalid"', () => {
    expect(line('{{mistake e}}', { e: { code: 'too-long', args: { limit: 20 } } }, 'en')).toBe(
      'This is too long (at most 20 characters).',
    );
    expect(line('{{mistake e}}', { e: { code: 'too-long' } }, 'en')).toBe('This is too long.');
    expect(line('{{mistake e}}', { e: { code: 'no-such-code' } }, 'en')).toBe('This is not right.');
  });

  it('build addresses whose parts cannot leave their place', () => {
    expect(pathTo('lv', '/doctors/', 'anna kalniņa/../x?y', '?from=2026-12-01')).toBe(
      '/lv/doctors/anna%20kalni%C5%86a%2F..%2Fx%3Fy?from=2026-12-01',
    );
  });
});
