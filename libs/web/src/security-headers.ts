import type { SecurityHeadersOptions } from '@nestjs/common';
import { environment } from '#libs/platform';
import { isSecure } from './sessions/session-cookie-name.js';
import type { WebAppName } from './web-request.js';

/** Identity providers that a sign-in form leads to: browsers apply form-action to the redirects that follow too. */
const formTargets = (app: WebAppName): string[] =>
  app === 'booking' ? environment().oidcProviders.map(({ issuer }) => new URL(issuer).origin) : [];

/**
 * The headers of every answer: only our own scripts, styles and pictures, no frames, no base, nothing inline
 * (ASVS 3.4). There is no `upgrade-insecure-requests`, because the development address is plain http.
 */
export const securityHeaders = (app: WebAppName): SecurityHeadersOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      formAction: ["'self'", ...formTargets(app)],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      objectSrc: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'same-origin' },
  strictTransportSecurity: isSecure(app),
  xFrameOptions: { action: 'deny' },
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  xPoweredBy: true,
});
