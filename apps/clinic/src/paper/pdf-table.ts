import { grey, millimetres, type PaperPdf } from './pdf-document.js';

export interface PdfColumn {
  label: string;
  /** Its share of the width. */
  share: number;
}

export interface PdfTable {
  x: number;
  width: number;
  /** Where rows must end. */
  bottom: number;
  columns: readonly PdfColumn[];
  rows: readonly (readonly string[])[];
  /** Begins the next page with its head. @returns where the table goes on */
  nextPage: () => number;
}

const size = 9;
const pad = millimetres(1.2);
const leastHeight = millimetres(8);

/** A ruled table that goes on over pages: the head is said once and shown on each, and no row is torn apart. */
export function drawTable(pdf: PaperPdf, top: number, { x, width, bottom, columns, rows, nextPage }: PdfTable): void {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const cells = columns.map(({ label, share }, n) => {
    const before = columns.slice(0, n).reduce((sum, each) => sum + each.share, 0);
    return { label, x: x + (before / whole) * width, width: (share / whole) * width };
  });
  const box = (cell: (typeof cells)[number], y: number, weight: 'regular' | 'bold') => ({
    x: cell.x + pad,
    y: y + pad,
    width: cell.width - 2 * pad,
    size,
    weight,
  });
  const rule = (y: number, thickness: number): void =>
    pdf.artifact((doc) =>
      doc
        .lineWidth(thickness)
        .strokeColor(grey)
        .moveTo(x, y)
        .lineTo(x + width, y)
        .stroke(),
    );
  const heightOf = (texts: readonly string[], weight: 'regular' | 'bold'): number =>
    Math.max(
      ...cells.map((cell, n) => pdf.heightOf(texts[n] || ' ', { width: cell.width - 2 * pad, size, weight }) + 2 * pad),
    );
  const headHeight = heightOf(
    cells.map(({ label }) => label),
    'bold',
  );

  const table = pdf.element('Table');
  const head = pdf.element('TR', table);
  for (const cell of cells) {
    const scope = { title: cell.label, scope: 'Column' };
    pdf.text('TH', cell.label, box(cell, top, 'bold'), head, scope);
  }
  head.end();
  let y = top + headHeight;
  rule(y, 1);
  for (const row of rows) {
    const height = Math.max(leastHeight, heightOf(row, 'regular'));
    if (y + height > bottom) {
      y = nextPage();
      for (const cell of cells) pdf.mark(cell.label, box(cell, y, 'bold'));
      y += headHeight;
      rule(y, 1);
    }
    const line = pdf.element('TR', table);
    cells.forEach((cell, n) => pdf.text('TD', row[n] || ' ', box(cell, y, n === 1 ? 'bold' : 'regular'), line));
    line.end();
    y += height;
    rule(y, 0.4);
  }
  table.end();
}
