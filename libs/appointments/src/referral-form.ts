import { constants, inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { oneByOne, Refusal } from '#libs/platform';

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

/** Pictures are decoded one after another: each may take a quarter of a gigabyte for a moment. */
const inTurn = oneByOne(10);

/**
 * What runs, sends something, or hides another file, when a PDF is opened. No shorter names: a scan has every three bytes
 * somewhere, and whatever runs a script is called one of these.
 */
const active = /\/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|XFA|SubmitForm|ImportData|GoToE)(?![A-Za-z])/;

/** So much do the packed objects of a form hold together; more is a bomb. */
const mostUnpacked = 16 * 1024 * 1024;

/** A name may be written with #xx instead of a letter. */
const plainNames = (text: string): string =>
  text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The objects that a PDF keeps packed, where a look at its bytes does not find them. @throws what cannot be unpacked */
function* packedObjects(bytes: Buffer, text: string): Generator<string, void, undefined> {
  let left = mostUnpacked;
  for (const { index, 0: opening } of text.matchAll(/stream\r?\n/g)) {
    const before = text.lastIndexOf('endstream', index);
    // The word that ends one stream is not the beginning of another.
    if (text.slice(index - 3, index) === 'end' || !plainNames(text.slice(before + 1, index)).includes('/ObjStm'))
      continue;
    const start = index + opening.length;
    const end = text.indexOf('endstream', start);
    const unpacked = inflateSync(bytes.subarray(start, end < 0 ? bytes.length : end), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: left,
    });
    left = Math.max(1, left - unpacked.length);
    yield unpacked.toString('latin1');
  }
}

/** A PDF from its first byte to its last: nothing glued on, nothing in it that runs by itself. */
function checkedPdf(bytes: Buffer): ReferralForm {
  const text = bytes.toString('latin1');
  const end = text.lastIndexOf('%%EOF');
  if (end < 0 || text.slice(end + 5).replace(/[\s\0]/g, '') !== '') throw wrong('file-broken');
  const names = plainNames(text);
  const refuseActive = (part: string): void => {
    if (active.test(part)) throw wrong('file-active');
  };
  refuseActive(names);
  // What is encrypted cannot be looked at.
  if (/\/Encrypt(?![A-Za-z])/.test(names)) throw wrong('file-broken');
  try {
    for (const objects of packedObjects(bytes, text)) refuseActive(plainNames(objects));
  } catch (thrown) {
    throw thrown instanceof Refusal ? thrown : wrong('file-broken');
  }
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
 * @throws Refusal `invalid` at `referral.form`: `required`, `file-too-large`, `file-kind`, `file-broken`, `file-active`;
 *   `busy` many others are sent
 */
export async function checkedForm(bytes: Buffer): Promise<ReferralForm> {
  if (bytes.length === 0) throw wrong('required');
  if (bytes.length > largestForm) throw wrong('file-too-large');
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return checkedPdf(bytes);
  const isPicture = begins(bytes, 0xff, 0xd8, 0xff) || begins(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  if (!isPicture) throw wrong('file-kind');
  return inTurn(() => checkedPicture(bytes));
}
