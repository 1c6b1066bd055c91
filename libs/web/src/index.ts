export { WebModule, type WebModuleOptions } from './web.module.js';
export {
  configureWebApp,
  createWebApp,
  webAppOptions,
  type WebAppName,
  type WebAppOptions,
} from './configure-web-app.js';

export { Pages, type PageOptions } from './pages.js';
export type { Chrome, ChromeLink, ChromeSource } from './chrome.js';
export { Views, type PageFrame } from './views/views.js';
export { pathTo } from './views/paths.js';

export type { WebRequest } from './web-request.js';
export type { SignedRequest } from './raw-body.js';
export { IdPipe } from './id.pipe.js';
export { ActorOf, LanguageOf, SessionOf } from './decorators.js';
export { allowCache } from './caching.js';
export { flash, type Flash } from './flash.js';
export { seeOther, SeeOther } from './see-other.js';

export { SessionCookie } from './sessions/session-cookie.js';
export { chooseWorkplace } from './sessions/workplace-cookie.js';

export { parseForm, parseQuery, type FormResult } from './forms/parse-form.js';
export { filled } from './forms/filled.js';
export { emptyForm, formOf, withError, withRefusal, type FormError, type FormState } from './forms/form-state.js';
export {
  Checkbox,
  IdempotencyKey,
  IsDay,
  IsMoment,
  IsWallTime,
  SeenVersion,
  Several,
  WholeNumber,
} from './forms/decorators.js';
export { TakesUpload, type Upload, uploadOf } from './forms/takes-upload.js';
export { problemOf, type Problem } from './errors/problem.js';
export { validationPipe } from './forms/validation-pipe.js';

export { RateLimit, type RateLimitRule } from './limits/rate-limit.decorator.js';
export { RateLimits } from './limits/rate-limits.js';
export { addressPart } from './limits/rate-key.js';
