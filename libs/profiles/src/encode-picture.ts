import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';

/** Bytes of a picture that is looked at, 5 MB: more than a phone's own picture at this size. */
export const largestPicture = 5 * 1024 * 1024;

/** Pixels that are decoded: a camera's 48 megapixels, a quarter of a gigabyte for a moment; a bomb claims far more. */
const mostPixels = 50_000_000;

/** Width and height that the pages show, and twice that for fine screens (R2-07). */
const small = { width: 260, height: 286 };
const large = { width: 520, height: 572 };

// Nothing but these three formats is ever handed to a decoder, whatever the bytes claim: no SVG, PDF, TIFF or video.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
sharp.cache(false);

/** What a picture became: four files of ours, without any of the metadata that came along. */
export interface EncodedPicture {
  hash: string;
  smallWebp: Buffer;
  smallJpeg: Buffer;
  largeWebp: Buffer;
  largeJpeg: Buffer;
}

/** Why a file is not taken, a key below `setup.picture.errors.`. */
export type PictureFault = 'empty' | 'too-large' | 'too-small' | 'too-many-pixels' | 'not-a-picture';

const isWebp = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP';

/** By what it begins with; the name and the type that came along say nothing. */
const beginsAsPicture = (bytes: Buffer): boolean =>
  bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) ||
  bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) ||
  isWebp(bytes);

/** Reads the first frame only, to its end: half a picture is refused. */
const reader = (bytes: Buffer): Sharp =>
  sharp(bytes, { limitInputPixels: mostPixels, failOn: 'truncated', pages: 1, sequentialRead: true }).timeout({
    seconds: 10,
  });

async function encode(bytes: Buffer, size: typeof small, format: 'webp' | 'jpeg'): Promise<Buffer> {
  const picture = reader(bytes)
    .autoOrient()
    .resize({ ...size, fit: 'cover', position: 'centre' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb');
  return format === 'webp'
    ? picture.webp({ quality: 82 }).toBuffer()
    : picture.jpeg({ quality: 84, mozjpeg: true }).toBuffer();
}

/**
 * Decodes a JPEG, PNG or WebP and encodes it anew: turned as its EXIF says, cut to the middle where its shape is another,
 * without metadata. What is in the file besides the picture (a polyglot's second half, a script, where it was taken) is
 * not in the result. @returns the files, or why the bytes are not taken; never throws for what somebody sent
 */
export async function encodePicture(bytes: Buffer): Promise<EncodedPicture | PictureFault> {
  if (bytes.length === 0) return 'empty';
  if (bytes.length > largestPicture) return 'too-large';
  if (!beginsAsPicture(bytes)) return 'not-a-picture';
  try {
    // The header alone: what it claims is judged before anything is decoded.
    const { width, height, autoOrient } = await sharp(bytes, { limitInputPixels: false, pages: 1 }).metadata();
    if (width * height > mostPixels) return 'too-many-pixels';
    if (autoOrient.width < small.width || autoOrient.height < small.height) return 'too-small';
    const largeJpeg = await encode(bytes, large, 'jpeg');
    const largeWebp = await encode(bytes, large, 'webp');
    const smallJpeg = await encode(bytes, small, 'jpeg');
    const smallWebp = await encode(bytes, small, 'webp');
    const hash = createHash('sha256')
      .update(largeJpeg)
      .update(largeWebp)
      .update(smallJpeg)
      .update(smallWebp)
      .digest('hex')
      .slice(0, 32);
    return { hash, smallWebp, smallJpeg, largeWebp, largeJpeg };
  } catch {
    // libvips says in many ways that it cannot read a file; all of them are this one to whoever sent it.
    return 'not-a-picture';
  }
}
