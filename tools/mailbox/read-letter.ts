import PostalMime, { type Attachment } from 'postal-mime';
import type { LetterSummary } from './letter-store.js';
import type { KeptSms } from './sms.js';

export interface LetterPart {
  filename: string | null;
  contentType: string;
  /** Of an iTIP part: REQUEST, CANCEL … */
  method?: string;
  disposition: string | null;
  size: number;
  encoding: 'utf8' | 'base64';
  content: string;
}

type Content = Attachment['content'];

/** A letter as a mail program would read it. */
export interface Letter extends LetterSummary {
  headers: { name: string; value: string }[];
  text: string | null;
  html: string | null;
  attachments: LetterPart[];
  /** Of a message to a phone: where its answer goes to. */
  answerUrl?: string;
}

const isText = (type: string): boolean => /^text\/|\/json$|[/+]xml$/.test(type);
const bytesOf = (content: Content): Buffer =>
  typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);

export async function readLetter(summary: LetterSummary, source: Buffer): Promise<Letter> {
  if (summary.kind === 'sms') {
    const kept = JSON.parse(source.toString('utf8')) as KeptSms;
    return { ...summary, headers: [], html: null, attachments: [], ...kept };
  }
  const parsed = await PostalMime.parse(source);
  return {
    ...summary,
    headers: parsed.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    text: parsed.text ?? null,
    html: withPictures(parsed.html, parsed.attachments),
    attachments: parsed.attachments.map(readPart),
  };
}

function readPart({ filename, mimeType, method, disposition, content }: Attachment): LetterPart {
  // The parser ends lines with LF; iCalendar's end with CRLF (RFC 5545, 3.1), and that is how they came.
  const calendar = mimeType === 'text/calendar' || mimeType === 'application/ics';
  const bytes = calendar ? Buffer.from(bytesOf(content).toString('utf8').replace(/\r?\n/g, '\r\n')) : bytesOf(content);
  const encoding = isText(mimeType) ? 'utf8' : 'base64';
  const part = {
    filename,
    contentType: mimeType,
    disposition,
    size: bytes.length,
    encoding,
    content: bytes.toString(encoding),
  } as const;
  return method ? { ...part, method } : part;
}

/** Pictures that the letter carries are shown in it; nothing is fetched from anywhere. */
function withPictures(html: string | undefined, parts: readonly Attachment[]): string | null {
  if (!html) return null;
  return parts.reduce((page, { contentId, mimeType, content }) => {
    if (!contentId || !mimeType.startsWith('image/')) return page;
    const data = `data:${mimeType};base64,${bytesOf(content).toString('base64')}`;
    return page.replaceAll(`cid:${contentId.replace(/^<|>$/g, '')}`, data);
  }, html);
}

/** The lines of an invitation that people ask about, unfolded; for looking at, not for deciding. */
export function invitationFields(calendar: string): { name: string; value: string }[] {
  const shown = [
    'METHOD',
    'UID',
    'SEQUENCE',
    'STATUS',
    'DTSTART',
    'DTEND',
    'SUMMARY',
    'LOCATION',
    'DESCRIPTION',
    'ORGANIZER',
    'ATTENDEE',
    'DTSTAMP',
  ];
  return calendar
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, name = '', parameters = '', value = ''] = /^([A-Z-]+)((?:;[^:"]*(?:"[^"]*")?)*):(.*)$/.exec(line) ?? [];
      if (!shown.includes(name)) return [];
      const text = value.replaceAll('\\n', '\n').replace(/\\([,;\\])/g, '$1');
      return [{ name: `${name}${parameters}`, value: text }];
    });
}
