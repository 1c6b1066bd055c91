/** Longer entries are no appointments: what is refused here never reaches memory as a whole. */
export const longestEntry = 256 * 1024;

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Why a file is no Bundle that can be read. */
export class BrokenBundle extends Error {
  constructor(readonly reason: 'json' | 'too-long') {
    super(reason);
  }
}

/**
 * Finds the entries of a FHIR Bundle in a stream of bytes, without ever holding more than one of them. A general JSON
 * reader makes an object of every token, which for 50,000 appointments costs seconds and most of the memory that an
 * import may use; what stands inside an entry is read by JSON.parse, which is strict.
 */
export class EntryReader {
  private depth = 0;
  private isInString = false;
  private isEscaped = false;
  private isInEntries = false;
  private hasEnded = false;
  private wantsValue = true;
  /** The last text of the Bundle itself, and the name before it. */
  private word: number[] = [];
  private name = '';
  private kept: Uint8Array[] = [];
  private keptLength = 0;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  /** Members of the Bundle that are text: `resourceType`, `type`. */
  readonly members = new Map<string, string>();

  /** @returns the entries that end in this piece, each as JSON text. @throws BrokenBundle */
  feed(bytes: Uint8Array): string[] {
    const entries: string[] = [];
    let start = this.depth >= 3 && this.isInEntries ? 0 : -1;
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes[index] ?? 0;
      if (this.isInString) {
        this.inString(byte);
        continue;
      }
      if (byte <= 0x20) continue;
      if (byte === quote) {
        if (this.depth === 0) throw new BrokenBundle('json');
        this.isInString = true;
        if (this.depth === 1) this.word = [];
      } else if (byte === openBrace || byte === openBracket) {
        if (this.hasEnded || this.depth > 200) throw new BrokenBundle('json');
        if (this.isInEntries && this.depth === 2) {
          if (byte !== openBrace || !this.wantsValue) throw new BrokenBundle('json');
          start = index;
        }
        if (this.depth === 0 && byte !== openBrace) throw new BrokenBundle('json');
        this.depth += 1;
        if (this.depth === 2 && byte === openBracket && this.name === 'entry') {
          this.isInEntries = true;
          this.wantsValue = true;
        }
      } else if (byte === closeBrace || byte === closeBracket) {
        this.depth -= 1;
        if (this.depth < 0) throw new BrokenBundle('json');
        if (this.depth === 2 && this.isInEntries) {
          entries.push(this.whole(bytes.subarray(start, index + 1)));
          start = -1;
          this.wantsValue = false;
        }
        if (this.depth === 1) {
          this.isInEntries = false;
          this.name = '';
        }
        this.hasEnded = this.depth === 0;
      } else this.between(byte);
    }
    if (start >= 0) this.keep(bytes.subarray(start));
    return entries;
  }

  /** @throws BrokenBundle when the text stopped in the middle */
  end(): void {
    if (!this.hasEnded) throw new BrokenBundle('json');
  }

  private inString(byte: number): void {
    if (this.isEscaped) this.isEscaped = false;
    else if (byte === backslash) this.isEscaped = true;
    else if (byte === quote) {
      this.isInString = false;
      if (this.depth === 1 && this.name) {
        this.members.set(this.name, String.fromCharCode(...this.word));
        this.name = '';
      }
      return;
    }
    if (this.depth === 1 && this.word.push(byte) > 500) throw new BrokenBundle('too-long');
  }

  private between(byte: number): void {
    if (this.hasEnded) throw new BrokenBundle('json');
    if (this.depth === 1) {
      if (byte === colon) this.name = String.fromCharCode(...this.word);
      else if (byte === comma) this.name = '';
    }
    if (this.depth === 2 && this.isInEntries) {
      if (byte !== comma || this.wantsValue) throw new BrokenBundle('json');
      this.wantsValue = true;
    }
  }

  private keep(piece: Uint8Array): void {
    this.keptLength += piece.length;
    if (this.keptLength > longestEntry) throw new BrokenBundle('too-long');
    this.kept.push(piece.slice());
  }

  private whole(last: Uint8Array): string {
    if (this.keptLength + last.length > longestEntry) throw new BrokenBundle('too-long');
    const pieces = [...this.kept, last];
    this.kept = [];
    this.keptLength = 0;
    try {
      const text = pieces.map((piece) => this.decoder.decode(piece, { stream: true })).join('') + this.decoder.decode();
      return text;
    } catch {
      throw new BrokenBundle('json');
    }
  }
}
