import { encode } from 'uqr';

/** The dark squares of a QR code and how many fit side by side, its quiet zone included. */
export interface QrCode {
  size: number;
  /** Runs of dark squares in a row: column, row, length. */
  runs: { x: number; y: number; length: number }[];
}

/** A QR code that is read although a quarter of it is smudged or under a thumb. */
export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: 'Q', border: 4 });
  const runs: QrCode['runs'] = [];
  data.forEach((row, y) => {
    let from: number | null = null;
    for (let x = 0; x <= size; x++) {
      const isDark = row[x] === true;
      if (isDark && from === null) from = x;
      if (!isDark && from !== null) {
        runs.push({ x: from, y, length: x - from });
        from = null;
      }
    }
  });
  return { size, runs };
}

/** The same as the path of an SVG of that many units a side. */
export const qrPath = ({ runs }: QrCode): string =>
  runs.map(({ x, y, length }) => `M${x} ${y}h${length}v1h-${length}z`).join('');

/** Draws it into a square of a PDF. */
export function drawQr(
  doc: PDFKit.PDFDocument,
  { size, runs }: QrCode,
  box: { x: number; y: number; side: number },
): void {
  const unit = box.side / size;
  for (const { x, y, length } of runs) doc.rect(box.x + x * unit, box.y + y * unit, length * unit, unit);
  doc.fill('black');
}
