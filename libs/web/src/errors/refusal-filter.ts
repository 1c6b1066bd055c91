import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { describeError, log, Refusal } from '#libs/platform';
import { Pages } from '../pages.js';
import type { WebRequest } from '../web-request.js';
import { allowedMethods } from './allowed-methods.js';
import { errorView } from './error-view.js';
import { internalProblem, problemOf } from './problem.js';
import { refusalOf } from './refusal-of.js';

/**
 * Whether a program asked: then it reads problem+json, else a person reads a page. Inside middleware `path` is only what
 * is left of the address.
 */
const isProgram = (request: WebRequest): boolean =>
  /^\/(api|fhir|feeds|health|metrics|assets)(\/|\?|$)/.test(request.originalUrl) ||
  (!request.accepts('html') && Boolean(request.accepts('json')));

/** Answers everything that was thrown, in the reader's words; only bugs are logged as errors, without what they quote. */
@Injectable()
@Catch()
export class RefusalFilter implements ExceptionFilter {
  constructor(private readonly pages: Pages) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<WebRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    const refusal = this.refusalOf(thrown, request, response);
    if (refusal === undefined) {
      log.error({ event: 'bug', app: request.webApp, requestId: request.requestId, ...describeError(thrown) });
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.setHeader('Cache-Control', 'no-store');
    const seconds = refusal?.details.retryAfterSeconds ?? (refusal?.status === 503 ? 5 : undefined);
    if (seconds !== undefined) response.setHeader('Retry-After', String(Math.max(1, Math.ceil(seconds))));
    if (isProgram(request)) this.problem(refusal, request, response);
    else await this.page(refusal, request, response);
  }

  private refusalOf(thrown: unknown, request: WebRequest, response: Response): Refusal | undefined {
    const refusal = refusalOf(thrown);
    if (refusal?.code !== 'not-found' || thrown instanceof Refusal) return refusal;
    const methods = allowedMethods(request);
    if (methods.length === 0) return refusal;
    response.setHeader('Allow', methods.join(', '));
    return new Refusal('method-not-allowed');
  }

  private problem(refusal: Refusal | undefined, request: WebRequest, response: Response): void {
    const { language, requestId } = request;
    const problem = refusal ? problemOf(refusal, language, requestId) : internalProblem(language, requestId);
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  private async page(refusal: Refusal | undefined, request: WebRequest, response: Response): Promise<void> {
    const status = refusal?.status ?? 500;
    const model = errorView(refusal, request);
    if (request.headers['hx-request'] === 'true') {
      // A part of a page was asked for: what stands on the page stays, and the words go where messages are read out.
      response
        .setHeader('HX-Retarget', '#status')
        .setHeader('HX-Reswap', 'innerHTML')
        .setHeader('HX-Reselect', '#status-message');
      response.send(await this.pages.fragment('web/error-fragment', model, { request, status }));
      return;
    }
    const options = { request, status, title: model.title };
    let html: string;
    try {
      html = await this.pages.render('web/error', model, { ...options, hasChrome: status < 500 });
    } catch (broken) {
      // What stands around the page could not be had (the session, the navigation): the words still can.
      log.error({ event: 'bug', app: request.webApp, requestId: request.requestId, ...describeError(broken) });
      html = await this.pages.render('web/error', model, { ...options, hasChrome: false });
    }
    response.send(html);
  }
}
