import type { WebRequest } from '#libs/web';

/** Asked for by the panel beside the calendar, which needs no page around it. */
export const isPart = (request: WebRequest): boolean => request.headers['hx-request'] === 'true';
