import type { SecurityHeadersOptions } from '@nestjs/common';
import { environment } from '#libs/platform';
import { isSecure } from './sessions/session-cookie-name.js';
import type { WebAppName } from './web-request.js';

/**
 * Where forms lead: identity providers, and Google, where people agree that their calendar is connected. Browsers apply
 * form-action to the redirects that follow too.
 */
function formTargets(app: WebAppName): string[] {
  const { oidcProviders, googleClientId, googleApiRoot = 'https://accounts.google.com' } = environment();
  return [
    ...(app === 'booking' ? oidcProviders.map(({ issuer }) => new URL(issuer).origin) : []),
    ...(googleClientId === undefined ? [] : [new URL(googleApiRoot).origin]),
  ];
}

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
