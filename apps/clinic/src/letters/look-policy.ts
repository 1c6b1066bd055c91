import type { WebRequest } from '#libs/web';

/** Lets a page show a frame of our own, beside all that its policy says. */
export function framesOurOwn({ res: response }: WebRequest): void {
  const policy = response?.getHeader('Content-Security-Policy');
  if (typeof policy === 'string') response?.setHeader('Content-Security-Policy', `${policy};frame-src 'self'`);
}

/**
 * A letter as an answer of its own: its looks stand in its attributes, as mail programs want them, so it may have those
 * and nothing else: no script, no picture, no form, nothing that leaves, and only our own pages may frame it.
 */
export function onlyInOurFrame({ res: response }: WebRequest): void {
  response?.type('html');
  response?.setHeader(
    'Content-Security-Policy',
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  );
  response?.setHeader('X-Frame-Options', 'SAMEORIGIN');
}
