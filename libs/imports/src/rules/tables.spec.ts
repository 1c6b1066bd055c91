import { describe, expect, it } from '@jest/globals';
import { cents, folded } from './cells.js';
import { kindOfHeader, kinds, tables } from './kinds.js';
import { delimiterOf, isBaltic, shapeOf } from './text-shape.js';
import { cell, table } from './write-table.js';

describe('a table', () => {
  it('is recognised by its header, whatever else is in it', () => {
    for (const kind of kinds) {
      expect(kindOfHeader(tables[kind].columns)).toBe(kind);
      expect(kindOfHeader(tables[kind].told)).toBe(kind);
      for (const example of tables[kind].examples) expect(example).toHaveLength(tables[kind].columns.length);
    }
    expect(kindOfHeader(['a', 'b'])).toBeNull();
  });

  it('is parted by what parts its header most', () => {
    expect(delimiterOf('a,b,c')).toBe(',');
    expect(delimiterOf('a;"b,c,d,e";f')).toBe(';');
    expect(delimiterOf('a\tb')).toBe('\t');
  });

  it('opens in a spreadsheet without a formula in it', () => {
    expect(cell('=1+1')).toBe(`"'=1+1"`);
    expect(cell('+371 67000000')).toBe(`"'+371 67000000"`);
    expect(cell('-5')).toBe(`"'-5"`);
    expect(cell('@sum')).toBe(`"'@sum"`);
    expect(cell('\t=1')).toBe(`"'\t=1"`);
    expect(cell('say "yes"; no')).toBe('"say ""yes""; no"');
    expect(cell('plain')).toBe('plain');
    for (const kind of kinds) expect(table(kind)).toMatch(/^\u{feff}[a-z_;]+\r\n/u);
  });

  it('is told from other files by its bytes', () => {
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    expect(shapeOf(bytes('key,name'))).toBe('table');
    expect(shapeOf(bytes('\ufeffkey;name'))).toBe('table');
    expect(shapeOf(bytes(' {"a":1}'))).toBe('json');
    expect(shapeOf(bytes('\n<html>'))).toBe('html');
    expect(shapeOf(bytes('PK\u0003\u0004'))).toBe('spreadsheet');
    expect(shapeOf(bytes(''))).toBe('empty');
  });

  it('has letters of our languages, or is refused', () => {
    const as1257 = (...values: number[]): string => new TextDecoder('windows-1257').decode(Uint8Array.from(values));
    expect(isBaltic(as1257(0xe2, 0xe8, 0xc7, 0xfe, 0xf5, 0x96))).toBe(true);
    expect(isBaltic(as1257(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2))).toBe(false);
  });

  it('says money as people write it', () => {
    const value = (text: string): number | string => {
      const read = cents(text);
      return read.ok ? read.value : read.code;
    };
    expect(['45', '45.5', '45,05', '0', '45 €', '1000001', '-1', '4.5.6', '1e3', ''].map(value)).toEqual([
      4500,
      4550,
      4505,
      0,
      4500,
      ...Array.from({ length: 5 }, () => 'money'),
    ]);
  });

  it('is compared without accents and case', () => {
    expect(folded('  Līga   OZOLA ')).toBe('liga ozola');
  });
});
