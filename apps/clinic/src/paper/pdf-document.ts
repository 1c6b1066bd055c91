import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { type Language, withHardSpaces } from '#libs/platform';

/** Points, in which a PDF measures. */
export const millimetres = (n: number): number => (n * 72) / 25.4;

const resolve = createRequire(import.meta.url).resolve;
const noto = '@expo-google-fonts/noto-sans';
// By path, as pdfkit keeps a font that it has read under the path only: under a name it would read it again for each text.
const fontFiles = {
  regular: resolve(`${noto}/400Regular/NotoSans_400Regular.ttf`),
  bold: resolve(`${noto}/700Bold/NotoSans_700Bold.ttf`),
};
type Weight = keyof typeof fontFiles;

type Element = ReturnType<PDFKit.PDFDocument['struct']>;

export interface TextBox {
  x: number;
  y: number;
  width: number;
  /** In points. */
  size: number;
  weight?: Weight;
  align?: 'left' | 'center' | 'right';
  /** What does not fit into this height ends with an ellipsis. */
  height?: number;
  color?: string;
}

/** Grey that is still read on a bad printer. */
export const grey = '#444444';

/**
 * A PDF with a structure for screen readers: every text is drawn into an element of the tree, all else is an artifact
 * (PDF/UA-1; ISO 14289-1, 7.1). The fonts have the letters of all four languages and are embedded with what is used.
 */
export class PaperPdf {
  private readonly doc: PDFKit.PDFDocument;
  private readonly root: Element;
  private readonly bytes: Promise<Buffer>;

  /** @param at when it was made, which the file says of itself */
  constructor({
    title,
    language,
    size,
    at,
  }: {
    title: string;
    language: Language;
    size: [width: number, height: number];
    at: Temporal.Instant;
  }) {
    const options: PDFKit.PDFDocumentOptions = {
      size,
      margin: 0,
      pdfVersion: '1.7',
      tagged: true,
      displayTitle: true,
      lang: language,
      bufferPages: true,
      autoFirstPage: false,
      font: fontFiles.regular,
      info: { Title: title, Creator: 'Pieraksts', CreationDate: new Date(at.epochMilliseconds) },
    };
    // The types know PDF/A only.
    this.doc = new PDFDocument(Object.assign(options, { subset: 'PDF/UA' } as object));
    const chunks: Buffer[] = [];
    this.bytes = new Promise((done, failed) => {
      this.doc.on('data', (chunk: Uint8Array) => chunks.push(Buffer.from(chunk)));
      this.doc.on('end', () => done(Buffer.concat(chunks)));
      this.doc.on('error', failed);
    });
    this.root = this.doc.struct('Document');
    this.doc.addStructure(this.root);
  }

  page(): void {
    this.doc.addPage();
  }

  get pages(): number {
    return this.doc.bufferedPageRange().count;
  }

  /** Opens an element of the structure; what is written with it as parent is inside. */
  element(tag: string, parent: Element | null = null, options: object = {}): Element {
    const element = this.doc.struct(tag, options);
    (parent ?? this.root).add(element);
    return element;
  }

  /** How high a text will be. */
  heightOf(text: string, { width, size, weight = 'regular' }: Pick<TextBox, 'width' | 'size' | 'weight'>): number {
    return this.doc.font(fontFiles[weight]).fontSize(size).heightOfString(withHardSpaces(text), { width });
  }

  /** Writes a text as an element of this tag. @returns the y below it */
  text(tag: string, text: string, box: TextBox, parent: Element | null = null, options: object = {}): number {
    const element = this.element(tag, parent, options);
    element.add(this.doc.markStructureContent(tag));
    this.draw(text, box);
    this.doc.endMarkedContent();
    element.end();
    return box.y + (box.height ?? this.heightOf(text, box));
  }

  /** A picture in words, for whoever does not see it. */
  figure(alternative: string, draw: (doc: PDFKit.PDFDocument) => void, parent: Element | null = null): void {
    const element = this.element('Figure', parent, { alt: alternative });
    element.add(this.doc.markStructureContent('Figure'));
    draw(this.doc);
    this.doc.endMarkedContent();
    element.end();
  }

  /** Draws what only looks: lines, and heads that repeat. */
  artifact(draw: (doc: PDFKit.PDFDocument) => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.doc.markContent('Artifact', { type });
    draw(this.doc);
    this.doc.endMarkedContent();
  }

  /** Writes a text outside the structure, such as a page's number. */
  mark(text: string, box: TextBox): void {
    this.artifact(() => this.draw(text, box), 'Pagination');
  }

  private draw(text: string, { x, y, width, size, weight = 'regular', align, height, color = 'black' }: TextBox): void {
    const shape = { width, ...(align && { align }), ...(height !== undefined && { height, ellipsis: true }) };
    this.doc.font(fontFiles[weight]).fontSize(size).fillColor(color).text(withHardSpaces(text), x, y, shape);
  }

  /** Ends the file; `numbered` writes on each page what is known only then. */
  finish(numbered?: (page: number, of: number) => void): Promise<Buffer> {
    this.root.end();
    const { start, count } = this.doc.bufferedPageRange();
    for (let page = 0; numbered && page < count; page++) {
      this.doc.switchToPage(start + page);
      numbered(page + 1, count);
    }
    this.doc.end();
    return this.bytes;
  }
}
