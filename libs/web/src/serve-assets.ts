import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Assets } from './views/assets.js';

/** Serves `/assets/<hash>/<name>` from memory, for ever cacheable: another content has another address. */
export function serveAssets(assets: Assets): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (!request.path.startsWith('/assets/') || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
    const asset = assets.at(request.path);
    if (asset === undefined) return next();
    const isGzip = request.acceptsEncodings('gzip') === 'gzip';
    response
      .setHeader('Content-Type', asset.type)
      .setHeader('Cache-Control', 'public, max-age=31536000, immutable')
      .setHeader('Vary', 'Accept-Encoding');
    if (isGzip) response.setHeader('Content-Encoding', 'gzip');
    response.end(isGzip ? asset.gzip : asset.body);
  };
}
