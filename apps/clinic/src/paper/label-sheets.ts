/** Paper that labels are printed on; in millimetres. */
export interface LabelSheet {
  page: { width: number; height: number };
  label: { width: number; height: number };
  columns: number;
  rows: number;
  /** The edge above the first row and left of the first column. */
  top: number;
  left: number;
}

/** Papers by the names that addresses and words know them by. */
export const labelSheetNames = ['a4-24', 'roll-62'] as const;
export type LabelSheetName = (typeof labelSheetNames)[number];

/** Their measures. */
export const labelSheets: Readonly<Record<LabelSheetName, LabelSheet>> = {
  // 70 × 36 mm, three side by side, eight below each other, as office shops sell them.
  'a4-24': {
    page: { width: 210, height: 297 },
    label: { width: 70, height: 36 },
    columns: 3,
    rows: 8,
    top: 4.5,
    left: 0,
  },
  // A label printer's roll: each label is a page.
  'roll-62': {
    page: { width: 62, height: 29 },
    label: { width: 62, height: 29 },
    columns: 1,
    rows: 1,
    top: 0,
    left: 0,
  },
};

export interface LabelPlace {
  /** From 0. */
  page: number;
  /** Millimetres from the upper left corner of the page. */
  x: number;
  y: number;
}

/** How many labels a sheet holds. */
export const labelsOnSheet = ({ columns, rows }: LabelSheet): number => columns * rows;

/**
 * Where each label of a run stands, row by row.
 * @param first the place on the first sheet that is still free, from 1; those before it were used
 */
export function labelPlaces(sheet: LabelSheet, count: number, first: number): LabelPlace[] {
  const each = labelsOnSheet(sheet);
  const skipped = Math.min(Math.max(first, 1), each) - 1;
  return Array.from({ length: count }, (_, n) => {
    const at = skipped + n;
    const place = at % each;
    return {
      page: Math.floor(at / each),
      x: sheet.left + (place % sheet.columns) * sheet.label.width,
      y: sheet.top + Math.floor(place / sheet.columns) * sheet.label.height,
    };
  });
}
