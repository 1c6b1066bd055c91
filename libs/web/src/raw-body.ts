import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request of a machine that signs what it sends: the signature is of these bytes, not of what was read from them. */
export interface SignedRequest extends IncomingMessage {
  rawBody?: Buffer;
}

/** Keeps the bytes of a body where machines call; no page needs them. */
export const keepRawBody = (request: SignedRequest, _response: ServerResponse, body: Buffer): void => {
  if (request.url?.startsWith('/hooks/')) request.rawBody = body;
};
