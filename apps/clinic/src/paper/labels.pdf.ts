import { setImmediate } from 'node:timers/promises';
import type { Language } from '#libs/platform';
import { labelPlaces, type LabelSheet } from './label-sheets.js';
import type { Label } from './labels.view.js';
import { millimetres, PaperPdf } from './pdf-document.js';
import { drawQr } from './qr-code.js';

const pad = millimetres(3);

function drawLabel(pdf: PaperPdf, { name, born, reference, qr }: Label, x: number, y: number, sheet: LabelSheet): void {
  const width = millimetres(sheet.label.width) - 2 * pad;
  const height = millimetres(sheet.label.height) - 2 * pad;
  const side = Math.min(millimetres(20), height);
  const words = width - side - millimetres(1);
  // A long name gets smaller letters before it is cut.
  const fits = (size: number): boolean => pdf.heightOf(name, { width: words, size, weight: 'bold' }) <= size * 1.4 * 2;
  const size = [12, 10.5, 9, 8].find(fits) ?? 8;
  const label = pdf.element('Sect');
  const shape = { x: x + pad, width: words };
  const nameHeight = Math.min(size * 1.4 * 2, pdf.heightOf(name, { width: words, size, weight: 'bold' }));
  let below = pdf.text('P', name, { ...shape, y: y + pad, size, weight: 'bold', height: nameHeight }, label);
  if (born) below = pdf.text('P', born, { ...shape, y: below, size: 10 }, label);
  below = pdf.text('P', reference.slice(0, 9), { ...shape, y: below + 2, size: 9 }, label);
  pdf.text('P', reference.slice(10), { ...shape, y: below, size: 9, weight: 'bold' }, label);
  const box = { x: x + pad + width - side, y: y + pad + (height - side) / 2, side };
  pdf.figure(reference, (doc) => drawQr(doc, qr, box), label);
  label.end();
}

/** Labels on their paper, to the millimetre: printed without scaling they lie inside the cuts. */
export async function labelsPdf(
  labels: readonly Label[],
  options: { sheet: LabelSheet; first: number; title: string; language: Language; at: Temporal.Instant },
): Promise<Buffer> {
  const { sheet, first, title, language, at } = options;
  const size: [number, number] = [millimetres(sheet.page.width), millimetres(sheet.page.height)];
  const pdf = new PaperPdf({ title, language, size, at });
  const places = labelPlaces(sheet, labels.length, first);
  pdf.page();
  for (const [n, label] of labels.entries()) {
    const place = places[n];
    if (!place) continue;
    // Others are answered between the pages.
    if (pdf.pages <= place.page) await setImmediate();
    while (pdf.pages <= place.page) pdf.page();
    drawLabel(pdf, label, millimetres(place.x), millimetres(place.y), sheet);
  }
  return pdf.finish();
}
