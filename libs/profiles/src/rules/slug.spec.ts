import { describe, expect, it } from '@jest/globals';
import { freeSlug, slugOf } from './slug.js';

describe('an address made of a name', () => {
  it.each([
    ['Andris Bērziņš', 'andris-berzins'],
    ['Tõnu Õunapuu', 'tonu-ounapuu'],
    ["O’Connež-Šuslik D'Arc", 'oconnez-suslik-darc'],
    ['Юлия Щукина', 'julija-shchukina'],
    ['  <script>  ', 'script'],
    ['医者', 'doctor'],
    ['---', 'doctor'],
  ])('%s → %s', (name, slug) => {
    expect(slugOf(name, 'doctor')).toBe(slug);
  });

  it('is never longer than an address may be, and never ends in a hyphen', () => {
    expect(slugOf(`${'a'.repeat(59)} b`, 'doctor')).toBe('a'.repeat(59));
  });

  it('is numbered when it is taken', () => {
    expect(freeSlug('anna', new Set())).toBe('anna');
    expect(freeSlug('anna', new Set(['anna', 'anna-2']))).toBe('anna-3');
  });
});
