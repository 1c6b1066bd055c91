import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { publicFolder } from '../project-files.js';

const css = readFileSync(join(publicFolder, 'tokens.css'), 'utf8');
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
const colours = (block: string): Map<string, string> =>
  new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));

const schemes = { light: colours(light), dark: new Map([...colours(light), ...colours(dark)]) };

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** WCAG 2.2, relative luminance. */
const contrast = (a: string, b: string): number => {
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
};

const backgrounds = ['canvas', 'surface', 'sunken'];
const texts = ['text', 'muted', 'accent', 'accent-strong', 'danger', 'warning', 'success', 'state', 'paid'];
const pairs = [
  ...texts.flatMap((text) => backgrounds.map((background) => [text, background])),
  ...['danger', 'warning', 'success', 'state', 'paid', 'accent'].map((name) => [name, `${name}-soft`]),
  ...['danger-soft', 'warning-soft', 'success-soft', 'accent-soft', 'state-soft', 'paid-soft'].map((soft) => [
    'text',
    soft,
  ]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
];

describe.each(['light', 'dark'] as const)('%s colours', (scheme) => {
  const of = (name = ''): string => schemes[scheme].get(name) ?? '';

  it.each(pairs)('read well: %s on %s', (text, background) => {
    expect(contrast(of(text), of(background))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(backgrounds)('show where a control ends on %s', (background) => {
    expect(contrast(of('line-strong'), of(background))).toBeGreaterThanOrEqual(3);
  });
});
