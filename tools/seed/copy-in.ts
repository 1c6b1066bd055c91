import type { Client, Connection } from 'pg';

/** What `pg` can do with COPY and its types do not say. */
interface CopyConnection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** One `COPY … FROM STDIN` with one chunk, as a query that pg runs in its turn. */
class CopyChunk {
  readonly done: Promise<void>;
  private resolve: () => void;
  private reject: (error: Error) => void;

  constructor(
    private readonly text: string,
    private readonly chunk: Buffer,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  submit(connection: Connection): void {
    connection.query(this.text);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(this.chunk);
    connection.endCopyFrom();
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.resolve();
  }

  handleError(error: Error): void {
    this.reject(error);
  }
}

export type Cell = string | number | boolean | null | Buffer | readonly string[] | { readonly [key: string]: unknown };

const escaped = (text: string): string =>
  /[\\\t\n\r]/.test(text)
    ? text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : text;

/** A value in COPY's text format; a list of words becomes an array, an object jsonb. */
function cell(value: Cell): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
  if (Array.isArray(value)) return escaped(`{${value.map((each) => JSON.stringify(each)).join(',')}}`);
  return escaped(JSON.stringify(value));
}

const chunkLength = 1 << 20;

/** Rows on their way into one table: gathered as text, sent a chunk at a time, so that memory stays small. */
export class CopyIn {
  rows = 0;
  private lines: string[] = [];
  private length = 0;
  private readonly text: string;

  constructor(
    private readonly client: Client,
    table: string,
    private readonly columns: readonly string[],
  ) {
    this.text = `copy ${table} (${columns.join(', ')}) from stdin`;
  }

  add(...values: readonly Cell[]): void {
    if (values.length !== this.columns.length) throw new Error(`${values.length} values for ${this.text}`);
    const line = values.map(cell).join('\t');
    this.lines.push(line);
    this.length += line.length + 1;
    this.rows++;
  }

  get isFull(): boolean {
    return this.length >= chunkLength;
  }

  /** Takes what has gathered, to be sent; what is added later waits for the next time. */
  take(): () => Promise<void> {
    const { lines } = this;
    this.lines = [];
    this.length = 0;
    return async () => {
      if (lines.length === 0) return;
      await this.client.query(new CopyChunk(this.text, Buffer.from(`${lines.join('\n')}\n`))).done;
    };
  }

  /** Sends what has gathered. */
  flush(): Promise<void> {
    return this.take()();
  }
}
