/** The basic alphabet of 3GPP TS 23.038 (GSM 03.38) § 6.2.1, but for the escape itself. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);

/** Its extension table (§ 6.2.1.1): each of these costs two septets. */
const extension = new Set('\f^{}\\[~]|€');

export type SmsEncoding = 'gsm-7' | 'ucs-2';

export interface Segments {
  encoding: SmsEncoding;
  /** Septets of GSM 7 bit, or units of 16 bits of UCS-2. */
  length: number;
  /** How many messages the network counts, and the sender pays. */
  segments: number;
  /** How many units a message of one segment may have in this encoding. */
  most: number;
}

/** Units of a message alone, and of each part of a longer one, whose header takes the rest (3GPP TS 23.040 § 9.2.3.24.1). */
const sizes = { 'gsm-7': { alone: 160, part: 153 }, 'ucs-2': { alone: 70, part: 67 } } as const;

/** Whether a letter travels in GSM 7 bit, of whichever table. */
export const isGsmLetter = (letter: string): boolean => basic.has(letter) || extension.has(letter);

/**
 * How a text travels and what it costs. One letter outside GSM 7 bit, such as ā, š or õ, makes the whole text UCS-2. A
 * pair that belongs together (an escaped sign, a surrogate pair) is never parted, so a long text may waste a unit a part.
 */
export function segmentsOf(text: string): Segments {
  const letters = [...text];
  const encoding: SmsEncoding = letters.every(isGsmLetter) ? 'gsm-7' : 'ucs-2';
  const costs = letters.map((letter) => (encoding === 'gsm-7' ? (extension.has(letter) ? 2 : 1) : letter.length));
  const length = costs.reduce((sum, cost) => sum + cost, 0);
  const { alone, part } = sizes[encoding];
  if (length <= alone) return { encoding, length, segments: 1, most: alone };
  let segments = 1;
  let filled = 0;
  for (const cost of costs) {
    if (filled + cost > part) {
      segments++;
      filled = 0;
    }
    filled += cost;
  }
  return { encoding, length, segments, most: alone };
}
