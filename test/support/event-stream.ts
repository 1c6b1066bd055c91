export interface ToldEvent {
  name: string;
  data: string;
  /** Milliseconds, of `performance.now()`. */
  at: number;
}

/** What a browser's EventSource would hear. */
export interface EventStream {
  status: number;
  type: string;
  headers: Headers;
  told: ToldEvent[];
  /** Resolves with the first event of this name that comes after the call, or fails after so many milliseconds. */
  next(name: string, within: number): Promise<ToldEvent>;
  /** Resolves when the server has ended it. */
  over: Promise<void>;
  close(): void;
}

/** Opens a stream of server-sent events as the one who has these cookies. */
export async function eventStream(address: string, cookie: string): Promise<EventStream> {
  const leaving = new AbortController();
  const answer = await fetch(address, {
    headers: { cookie, accept: 'text/event-stream' },
    redirect: 'manual',
    signal: leaving.signal,
  });
  const told: ToldEvent[] = [];
  const waiting = new Set<(event: ToldEvent) => void>();
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of answer.body ?? []) {
      const blocks = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const name = /^event: (.*)$/m.exec(block)?.[1];
        if (name === undefined) continue;
        const event = { name, data: /^data: (.*)$/m.exec(block)?.[1] ?? '', at: performance.now() };
        told.push(event);
        for (const hear of waiting) hear(event);
      }
    }
  };
  const over = read().catch(() => undefined);
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    headers: answer.headers,
    told,
    next: (name, within) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(hear);
          reject(new Error(`no event ${name} within ${within} ms`));
        }, within);
        const hear = (event: ToldEvent): void => {
          if (event.name !== name) return;
          clearTimeout(late);
          waiting.delete(hear);
          resolve(event);
        };
        waiting.add(hear);
      }),
    over,
    close: () => leaving.abort(),
  };
}
