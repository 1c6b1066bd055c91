import { describe, expect, it } from '@jest/globals';
import { labelPlaces, labelSheets, labelsOnSheet } from './label-sheets.js';

const sheet = labelSheets['a4-24'];

describe('labels on a sheet', () => {
  it('are twenty-four that fit the paper', () => {
    expect(labelsOnSheet(sheet)).toBe(24);
    for (const { x, y } of labelPlaces(sheet, 24, 1)) {
      expect(x + sheet.label.width).toBeLessThanOrEqual(sheet.page.width);
      expect(y + sheet.label.height).toBeLessThanOrEqual(sheet.page.height);
    }
  });

  it('stand row by row, and go on over sheets', () => {
    const places = labelPlaces(sheet, 25, 1);
    expect(places.slice(0, 4)).toEqual([
      { page: 0, x: 0, y: 4.5 },
      { page: 0, x: 70, y: 4.5 },
      { page: 0, x: 140, y: 4.5 },
      { page: 0, x: 0, y: 40.5 },
    ]);
    expect(places[24]).toEqual({ page: 1, x: 0, y: 4.5 });
  });

  it('begin where the sheet is still whole', () => {
    expect(labelPlaces(sheet, 2, 24)).toEqual([
      { page: 0, x: 140, y: 256.5 },
      { page: 1, x: 0, y: 4.5 },
    ]);
  });

  it('of a roll are a page each, wherever one wanted to begin', () => {
    expect(labelPlaces(labelSheets['roll-62'], 3, 7).map(({ page }) => page)).toEqual([0, 1, 2]);
  });
});
