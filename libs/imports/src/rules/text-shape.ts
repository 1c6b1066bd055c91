/** What the first bytes of a file are. Only `table` and `json` can be brought in. */
export type FileShape = 'empty' | 'spreadsheet' | 'html' | 'binary' | 'utf-16' | 'json' | 'table';

const begins = (head: Uint8Array, ...bytes: number[]): boolean => bytes.every((byte, index) => head[index] === byte);

/**
 * What a file is by its first bytes, whatever its name says: spreadsheets are zip or OLE containers, web pages begin with
 * a tag, and a NUL stands in no text.
 */
export function shapeOf(head: Uint8Array): FileShape {
  if (begins(head, 0x50, 0x4b, 0x03, 0x04) || begins(head, 0xd0, 0xcf, 0x11, 0xe0)) return 'spreadsheet';
  if (begins(head, 0xff, 0xfe) || begins(head, 0xfe, 0xff)) return 'utf-16';
  if (head.includes(0)) return 'binary';
  const start = begins(head, 0xef, 0xbb, 0xbf) ? 3 : 0;
  const first = head.subarray(start).find((byte) => byte > 0x20);
  if (first === undefined) return 'empty';
  if (first === 0x3c) return 'html';
  return first === 0x7b || first === 0x5b ? 'json' : 'table';
}

export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/** The sign that parts the header's columns: the one that stands there most often outside quotes. */
export function delimiterOf(header: string): Delimiter {
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (sign: string): number => bare.split(sign).length;
  return [...delimiters].sort((a, b) => count(b) - count(a))[0] ?? ',';
}

/** Letters of Latvian, Estonian and their neighbours' names, and signs that people type, above ASCII in windows-1257. */
const baltic = /^[\p{ASCII}āčēģīķļņōŗšūžõäöüéąęėįųĀČĒĢĪĶĻŅŌŖŠŪŽÕÄÖÜÉĄĘĖĮŲ€‚„…†‡‰‹›‘’“”•–—™\u00a0§©«»®°±²³·¼½¾]*$/u;

/**
 * Whether text that was read as windows-1257 can have been meant so. Read so, Cyrillic and Western texts show letters
 * that no name here has (ø, ł, ń, ż, ß …), and are refused rather than spoilt.
 */
export const isBaltic = (text: string): boolean => baltic.test(text);
