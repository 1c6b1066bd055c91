import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** No answer came. `hasLeft`: the request may have arrived, so that asking again may do it twice. */
export class NoAnswer extends Error {
  constructor(readonly hasLeft: boolean) {
    super('no answer');
    this.name = 'NoAnswer';
  }
}

export interface Asked {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | null;
  /** Milliseconds until the connection stands (name, TCP and TLS together), and until the answer is whole. */
  connectWithin: number;
  answerWithin: number;
}

/** Longer answers are cut: what is looked for stands at their beginning. */
const mostBytes = 65_536;

/**
 * One request over a connection of its own, never redirected, never repeated.
 * @throws NoAnswer
 */
export function askOnce(asked: Asked): Promise<{ status: number; body: string }> {
  const { url, method, headers, body, connectWithin, answerWithin } = asked;
  const options: RequestOptions = {
    method,
    agent: false,
    headers: { ...headers, ...(body !== null && { 'content-length': String(Buffer.byteLength(body)) }) },
  };
  return new Promise((resolve, reject) => {
    let hasLeft = false;
    const request = url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options);
    const giveUp = (): void => void request.destroy(new Error('too slow'));
    const connecting = setTimeout(giveUp, connectWithin);
    const answering = setTimeout(giveUp, answerWithin);
    const fail = (): void => {
      clearTimeout(connecting);
      clearTimeout(answering);
      reject(new NoAnswer(hasLeft));
    };
    request.once('socket', (socket) =>
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        clearTimeout(connecting);
        hasLeft = true;
      }),
    );
    request.once('error', fail);
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const done = (): void => {
        clearTimeout(answering);
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
        request.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > mostBytes) done();
      });
      response.once('end', done);
      response.once('error', fail);
      response.once('aborted', fail);
    });
    request.end(body ?? undefined);
  });
}
