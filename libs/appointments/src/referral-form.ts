import sharp from 'sharp';
import { Refusal } from '#libs/platform';

/** How an uploaded form is kept: a PDF as it is, a picture always as a JPEG that we made. */
export type FormKind = 'pdf' | 'jpeg';

export interface ReferralForm {
  kind: FormKind;
  bytes: Buffer;
}

/** The largest upload, in bytes. */
export const largestForm = 5 * 1024 * 1024;

/** More pixels than any telephone's camera or A4 scan at 600 dpi has; a bomb is refused before it is unpacked. */
const mostPixels = 60_000_000;
/** The longer side that is kept: enough to read a form's smallest print. */
const longestSide = 2400;

const wrong = (code: string): Refusal => new Refusal('invalid', { errors: [{ path: 'referral.form', code }] });

const begins = (bytes: Buffer, ...magic: number[]): boolean => magic.every((byte, index) => bytes[index] === byte);

/** What runs, or hides another file, when a PDF is opened. */
const active = ['/JavaScript', '/JS', '/Launch', '/EmbeddedFile', '/RichMedia', '/XFA'];

/** A PDF from its first byte to its last: nothing glued on, nothing in it that runs by itself. */
function checkedPdf(bytes: Buffer): ReferralForm {
  const text = bytes.toString('latin1');
  const end = text.lastIndexOf('%%EOF');
  if (end < 0 || text.slice(end + 5).replace(/[\s\0]/g, '') !== '') throw wrong('file-broken');
  // A name may be written with #xx instead of a letter.
  const names = text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (active.some((name) => new RegExp(`${name}(?![A-Za-z])`).test(names))) throw wrong('file-active');
  return { kind: 'pdf', bytes };
}

async function checkedPicture(bytes: Buffer): Promise<ReferralForm> {
  try {
    const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', pages: 1, unlimited: false });
    // What was sent is never kept: metadata, colour profiles and whatever was glued on end here.
    const made = await picture
      .rotate()
      .flatten({ background: '#ffffff' })
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 82 })
      .timeout({ seconds: 10 })
      .toBuffer();
    return { kind: 'jpeg', bytes: made };
  } catch {
    throw wrong('file-broken');
  }
}

/**
 * Checks an uploaded form by what it is, never by its name or by what the browser says of it (faults.md E13): PDF, JPEG or
 * PNG, at most 5 MB. Pictures are made anew; a PDF is kept as it is and is only ever handed out as a download.
 * @throws Refusal `invalid` at `referral.form`: `required`, `file-too-large`, `file-kind`, `file-broken`, `file-active`
 */
export async function checkedForm(bytes: Buffer): Promise<ReferralForm> {
  if (bytes.length === 0) throw wrong('required');
  if (bytes.length > largestForm) throw wrong('file-too-large');
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return checkedPdf(bytes);
  const isPicture = begins(bytes, 0xff, 0xd8, 0xff) || begins(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  if (!isPicture) throw wrong('file-kind');
  return checkedPicture(bytes);
}
