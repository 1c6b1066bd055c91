import type { Notice } from './notice.view.js';
import type { PaperSize } from './notice.query.js';
import { grey, millimetres, PaperPdf } from './pdf-document.js';
import { drawQr } from './qr-code.js';

const sizes: Record<PaperSize, { width: number; height: number; edge: number; scale: number }> = {
  a4: { width: 210, height: 297, edge: 20, scale: 1.2 },
  a5: { width: 148, height: 210, edge: 10, scale: 0.92 },
};

/** The notice on one sheet of A4 or A5: what matters is read at arm's length. */
export function noticePdf(notice: Notice, paper: PaperSize, at: Temporal.Instant): Promise<Buffer> {
  const { scale, ...measures } = sizes[paper];
  const [width, height, edge] = [measures.width, measures.height, measures.edge].map(millimetres) as [
    number,
    number,
    number,
  ];
  const inner = width - 2 * edge;
  const bottom = height - edge;
  const { title, language } = notice;
  const pdf = new PaperPdf({ title, language, size: [width, height], at });
  pdf.page();
  let y = edge;
  const line = (tag: string, text: string, size: number, weight: 'regular' | 'bold' = 'regular', gap = 0): void => {
    y = pdf.text(tag, text, { x: edge, y: y + gap * scale, width: inner, size: size * scale, weight });
  };
  const rule = (): void => {
    y += 6 * scale;
    pdf.artifact((doc) =>
      doc
        .lineWidth(0.8)
        .strokeColor(grey)
        .moveTo(edge, y)
        .lineTo(edge + inner, y)
        .stroke(),
    );
    y += 4 * scale;
  };
  line('H1', title, 15, 'bold');
  line('P', notice.patient, 11, 'regular', 1);
  if (notice.state) line('P', notice.state, 11, 'bold', 4);
  rule();
  line('P', notice.day, 14, 'bold');
  line('P', notice.time, 26, 'bold', -2);
  line('P', notice.zone, 9);
  rule();

  const label = inner * 0.3;
  for (const fact of notice.facts) {
    const box = { y, size: 10.5 * scale };
    const group = pdf.element('P');
    const left = pdf.text('Span', fact.label, { ...box, x: edge, width: label - 6 }, group);
    const value = { ...box, x: edge + label, width: inner - label };
    let right = pdf.text('Span', fact.value, { ...value, weight: 'bold' }, group);
    if (fact.more) right = pdf.text('Span', fact.more, { ...value, y: right }, group);
    group.end();
    y = Math.max(left, right) + 2.5 * scale;
  }
  for (const { title: heading, lines } of notice.advice) {
    rule();
    line('H2', heading, 11, 'bold');
    for (const each of lines) line('P', each, 10, 'regular', 1);
  }
  rule();

  const side = Math.min(millimetres(26) * scale, bottom - millimetres(8) - y);
  if (side < millimetres(14)) {
    pdf.page();
    y = edge;
  }
  const square = Math.max(side, millimetres(18));
  const words = inner - square - 10;
  const said = { x: edge, width: words };
  let below = pdf.text('P', notice.referenceLabel, { ...said, y, size: 10 * scale });
  below = pdf.text('P', notice.reference, { ...said, y: below, size: 14 * scale, weight: 'bold' });
  below = pdf.text('P', notice.shortHint, { ...said, y: below + 3, size: 10 * scale });
  pdf.text('P', notice.short, { ...said, y: below - 2 * scale, size: 24 * scale, weight: 'bold' });
  const box = { x: edge + inner - square, y, side: square };
  pdf.figure(`${notice.referenceLabel}: ${notice.reference}`, (doc) => drawQr(doc, notice.qr, box));
  const foot = bottom - 4;
  return pdf.finish(() => pdf.mark(notice.printed, { x: edge, y: foot, width: inner, size: 7.5, color: grey }));
}
