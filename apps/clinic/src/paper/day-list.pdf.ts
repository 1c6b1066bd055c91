import { setImmediate } from 'node:timers/promises';
import { translate } from '#libs/platform';
import type { DayList } from './day-list.view.js';
import { grey, millimetres, PaperPdf } from './pdf-document.js';
import { drawTable } from './pdf-table.js';

const [width, height] = [millimetres(297), millimetres(210)];
const edge = millimetres(10);
const inner = width - 2 * edge;
const bottom = height - millimetres(16);

/** The list of a day on A4, sideways: each practitioner begins a page, and each page says whose it is. */
export async function dayListPdf(list: DayList, at: Temporal.Instant): Promise<Buffer> {
  const { title, language } = list;
  const pdf = new PaperPdf({ title, language, size: [width, height], at });
  for (const { practitioner, count, rows } of list.sheets) {
    // A clinic's whole day is drawn for a second or so: others are answered between its sheets.
    await setImmediate();
    pdf.page();
    let y = pdf.text('H1', practitioner, { x: edge, y: edge, width: inner, size: 16, weight: 'bold' });
    y = pdf.text('P', `${list.day} · ${list.branch} · ${count}`, { x: edge, y, width: inner, size: 10 });
    const nextPage = (): number => {
      pdf.page();
      const again = `${practitioner} · ${list.day} · ${list.branch}`;
      pdf.mark(again, { x: edge, y: edge, width: inner, size: 10, color: grey });
      return edge + millimetres(7);
    };
    drawTable(pdf, y + 8, { x: edge, width: inner, bottom, columns: list.columns, rows, nextPage });
  }
  if (list.sheets.length === 0) {
    pdf.page();
    const y = pdf.text('H1', list.title, { x: edge, y: edge, width: inner, size: 16, weight: 'bold' });
    pdf.text('P', translate(language, 'paper.day.nobody'), { x: edge, y: y + 14, width: inner, size: 11 });
  }
  return pdf.finish((page, of) => {
    const line = { y: height - millimetres(11), size: 8, color: grey };
    pdf.mark(list.printed, { x: edge, width: inner / 2, ...line });
    const number = translate(language, 'paper.page', { page, of });
    pdf.mark(number, { x: edge + inner / 2, width: inner / 2, align: 'right', ...line });
  });
}
