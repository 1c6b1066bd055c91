import { describe, expect, it } from '@jest/globals';
import { languageOfPath, preferredLanguage } from './negotiation.js';

describe('the language of a visitor', () => {
  it.each([
    [undefined, undefined, 'lv'],
    [undefined, 'ru-LV,ru;q=0.9,en;q=0.8', 'ru'],
    [undefined, 'de-DE,de;q=0.9,et;q=0.4,en;q=0.5', 'en'],
    [undefined, 'de,fr', 'lv'],
    [undefined, 'et;q=0,en', 'en'],
    [undefined, 'en;q=abc,;;=,*', 'en'],
    ['et', 'ru', 'et'],
    ['xx', 'ru', 'ru'],
  ])('remembered %p, browser %p: %s', (remembered, header, language) => {
    expect(preferredLanguage(remembered, header)).toBe(language);
  });

  it('is named by the first part of an address only', () => {
    expect(languageOfPath('/et/doctors/en')).toBe('et');
    expect(languageOfPath('/doctors/et')).toBeUndefined();
    expect(languageOfPath('/lvx')).toBeUndefined();
  });

  it('is found in a header of 100 kB in no time', () => {
    const started = performance.now();
    preferredLanguage(undefined, 'q=;,'.repeat(25_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
