import type { BrowserContext } from 'playwright-core';

/**
 * Listens to everything the pages of a visitor do, and tells what no page of ours may: errors and refused styles or
 * scripts in the console, requests to other origins, and requests that fail.
 * @param origins where visitors may be led, such as a development identity provider
 */
export function watch(context: BrowserContext, origins: readonly string[], tell: (problem: string) => void): void {
  context.on('console', (message) => {
    // Of a page that answers 404 or 422 on purpose; parts of pages are seen below.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      tell(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => tell(`script: ${error.error().message}`));
  context.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (/^(?:data|blob|about):/.test(request.url())) return;
    if (!origins.includes(origin)) tell(`a request to another origin: ${request.url()}`);
  });
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // Left behind by the next page.
    if (why !== 'net::ERR_ABORTED') tell(`a failed request: ${new URL(request.url()).pathname} ${why}`);
  });
  context.on('response', (response) => {
    const isPage = response.request().isNavigationRequest();
    if (response.status() >= (isPage ? 500 : 400))
      tell(`an answer ${response.status()}: ${new URL(response.url()).pathname}`);
  });
}
