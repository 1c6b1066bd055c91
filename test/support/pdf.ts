import { getDocumentProxy } from 'unpdf';

export interface ReadPdf {
  title: string;
  language: string;
  isTagged: boolean;
  /** The text of each page, each run of space as one. */
  pages: string[];
  /** Points. */
  sizes: { width: number; height: number }[];
  /** The tags of each page's structure, as they follow each other. */
  tags: string[][];
}

interface Node {
  role?: string;
  children?: Node[];
}

const rolesOf = ({ role, children = [] }: Node): string[] => [...(role ? [role] : []), ...children.flatMap(rolesOf)];

/** Reads a PDF as somebody else's reader does (pdf.js). */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const info = new Map(Object.entries((await document.getMetadata()).info));
  const marked = (await document.getMarkInfo()) as { Marked?: boolean } | null;
  const read: ReadPdf = {
    title: String(info.get('Title') ?? ''),
    language: String(info.get('Language') ?? ''),
    isTagged: marked?.Marked === true,
    pages: [],
    sizes: [],
    tags: [],
  };
  for (let n = 1; n <= document.numPages; n++) {
    const page = await document.getPage(n);
    const { items } = await page.getTextContent();
    const words = items.map((item) => ('str' in item ? item.str : '')).join(' ');
    read.pages.push(words.replace(/\s+/g, ' ').trim());
    const { width, height } = page.getViewport({ scale: 1 });
    read.sizes.push({ width, height });
    read.tags.push(rolesOf(((await page.getStructTree()) as Node | null) ?? {}));
  }
  return read;
}
