import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Refusal } from '#libs/platform';

/** One answer that stays open. */
export interface Stream {
  send(event: string, data: string): void;
  end(): void;
}

interface StreamWishes {
  /** Whose browser it is: some have many windows, a broken script has no end of them. */
  sessionId: string;
  /** Asked regularly whether the reader may still be told; an error is a no. */
  mayStay: () => Promise<boolean>;
  /** Begins to send, and returns what ends that: called once, whoever ended the stream. */
  feed: (stream: Stream) => () => void;
}

const mostPerSession = 10;
/** Proxies give up on what is silent, commonly after a minute; the browser hears by it that the line still stands. */
const beatMilliseconds = 15_000;
/** A session that ended, or a role that was taken away, ends its streams within this and the time of one question. */
const checkMilliseconds = 10_000;
/** A reader who takes nothing is gone. */
const mostUnread = 64 * 1024;

/** Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
@Injectable()
export class Streams implements BeforeApplicationShutdown {
  private readonly open = new Map<Stream, string>();
  private isEnding = false;

  /**
   * Begins a stream as the answer to a request.
   * @throws Refusal `too-many` for this session; `busy` when the process is ending
   */
  begin(response: Response, { sessionId, mayStay, feed }: StreamWishes): void {
    // Whoever left while they were being asked who they are is told nothing, and is not waited for.
    if (response.destroyed) return;
    if (this.isEnding) throw new Refusal('busy', { retryAfterSeconds: 2 });
    if ([...this.open.values()].filter((id) => id === sessionId).length >= mostPerSession)
      throw new Refusal('too-many', { retryAfterSeconds: 60 });
    beginEvents(response);
    // Not all readers come back in the same instant after a restart.
    response.write(`retry: ${1000 + Math.floor(Math.random() * 2000)}\n\n`);
    const stream: Stream = {
      send: (event, data) => {
        if (response.writableEnded || response.destroyed) return;
        response.write(`event: ${event}\ndata: ${data}\n\n`);
        if (response.writableLength > mostUnread) response.destroy();
      },
      end: () => response.end(),
    };
    this.open.set(stream, sessionId);
    const beat = setInterval(() => stream.send('beat', '1'), beatMilliseconds);
    const check = setInterval(() => {
      mayStay().then(
        (may) => may || stream.end(),
        () => stream.end(),
      );
    }, checkMilliseconds);
    const stop = feed(stream);
    response.once('close', () => {
      clearInterval(beat);
      clearInterval(check);
      this.open.delete(stream);
      stop();
    });
  }

  /** Before the server stops listening, which waits for all answers to end. */
  beforeApplicationShutdown(): void {
    this.isEnding = true;
    for (const stream of this.open.keys()) stream.end();
  }
}

/** The head of an answer of events: nobody on the way may keep or gather it. */
export function beginEvents(response: Response): void {
  response.status(200);
  response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store, no-transform');
  response.setHeader('X-Accel-Buffering', 'no');
  // The connection is this stream's only; kept alive after its end, it would keep a process that stops.
  response.setHeader('Connection', 'close');
  response.flushHeaders();
}
