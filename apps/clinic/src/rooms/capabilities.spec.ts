import { describe, expect, it } from '@jest/globals';
import { capabilityChoices, capabilityIn, capabilityNamed } from './capabilities.js';

describe('what a room is for', () => {
  it('is kept under a plain name, however it was typed', () => {
    expect(capabilityNamed('  Lāzera kabinets (2. stāvs) ')).toBe('lazera-kabinets-2-stavs');
    expect(capabilityNamed('УЗИ')).toBeNull();
    expect(capabilityNamed('x'.repeat(80))).toHaveLength(60);
  });

  it('is called as people call it, a clinic’s own as it was typed', () => {
    expect(capabilityIn('en', 'ultrasound')).toBe('Ultrasound');
    expect(capabilityIn('lv', 'lazera-kabinets')).toBe('lazera kabinets');
    expect(capabilityChoices('en', ['lazera-kabinets', null]).map(({ value }) => value)).toContain('lazera-kabinets');
  });
});
