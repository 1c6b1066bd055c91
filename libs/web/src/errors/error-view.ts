import { type Refusal, translate } from '#libs/platform';
import { pathTo } from '../views/paths.js';
import type { WebRequest } from '../web-request.js';
import { detailOf } from './detail-of.js';

export interface ErrorModel {
  title: string;
  detail: string;
  requestId: string;
  /** Something broke here: the id helps who looks for it. */
  isOurs: boolean;
  icon: string;
  /** What to do next; an error page is no dead end (promise 12). */
  way: { path: string; label: string };
}

const icons: Partial<Record<number, string>> = {
  401: 'log-in',
  403: 'lock',
  404: 'search',
  409: 'calendar-x',
  410: 'hourglass',
  429: 'hourglass',
  503: 'hourglass',
};

/** The words of an error page. */
export function errorView(refusal: Refusal | undefined, request: WebRequest): ErrorModel {
  const { language, requestId } = request;
  const words = refusal === undefined ? 'common.broken' : `refusals.${refusal.code}`;
  const isSignIn = refusal?.status === 401;
  const home = request.webApp === 'clinic' ? 'home-clinic' : 'home-booking';
  return {
    title: translate(language, `${words}.title`),
    detail: refusal ? detailOf(refusal, language) : translate(language, `${words}.detail`),
    requestId,
    isOurs: refusal === undefined,
    icon: icons[refusal?.status ?? 500] ?? 'triangle-alert',
    way: isSignIn
      ? { path: pathTo(language, '/sign-in'), label: translate(language, 'common.sign-in') }
      : { path: pathTo(language, '/'), label: translate(language, `common.errors-page.${home}`) },
  };
}
