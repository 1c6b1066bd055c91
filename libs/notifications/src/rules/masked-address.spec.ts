import { describe, expect, it } from '@jest/globals';
import { maskedAddress } from './masked-address.js';

describe('a masked address', () => {
  it.each([
    ['janis.ozols@inbox.lv', 'j…s@inbox.lv'],
    ['jo@inbox.lv', 'j…@inbox.lv'],
    ['j@inbox.lv', 'j…@inbox.lv'],
    ['+37126123411', '+371 2… ••11'],
    ['+372 5123 4567', '+372 5… ••67'],
    ['+4915112345678', '+49 1… ••78'],
    ['12', '…'],
    ['', '…'],
  ])('of %s is %s', (address, masked) => {
    expect(maskedAddress(address)).toBe(masked);
  });
});
