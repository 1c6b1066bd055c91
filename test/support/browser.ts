import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type BrowserContextOptions, type Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface TestBrowser {
  browser: Browser;
  /** A visitor with cookies of their own. Problems on their pages (errors, broken CSP) are kept in `problems`. */
  visitor(options?: BrowserContextOptions): Promise<Visitor>;
  stop(): Promise<void>;
}

export interface Visitor {
  context: BrowserContext;
  page: Page;
  problems: string[];
}

/** The packaged Chromium, with its security as people have it. */
export async function browser(): Promise<TestBrowser> {
  const packaged = process.env['TEST_CHROMIUM'];
  if (!packaged) throw new Error('No packaged Chromium: run through jest.config.mjs');
  const launched = await chromium.launch(JSON.parse(packaged) as { executablePath: string; args: string[] });
  return {
    browser: launched,
    async visitor(options = {}) {
      const context = await launched.newContext({ locale: 'lv-LV', timezoneId: 'Europe/Riga', ...options });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) problems.push(message.text());
      });
      return { context, page, problems };
    },
    stop: () => launched.close(),
  };
}

interface AxeViolation {
  id: string;
  help: string;
  nodes: { target: string[]; html: string }[];
}

const everyTag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds on the page, one line for each place; WCAG 2.2 A and AA and what is held to be good practice, or only
 * some tags or rules of it. Evaluated, so that the CSP stays on.
 */
export async function axe(
  page: Page,
  runOnly: { type: 'tag' | 'rule'; values: string[] } = { type: 'tag', values: everyTag },
): Promise<string[]> {
  // A colour on its way to another is neither: what moves is let arrive. What moves for ever cannot.
  await page.evaluate('for (const each of document.getAnimations()) try { each.finish(); } catch {}');
  // It is read and compiled for each page once; looking at the page again, as in the dark, needs no second one.
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async (only) => {
    const { axe: runner } = globalThis as never as {
      axe: { run(root: string, options: object): Promise<{ violations: AxeViolation[] }> };
    };
    // Nothing is fetched ahead: only rules about recordings, of which no page has any, would read it.
    return (await runner.run('html', { runOnly: only, resultTypes: ['violations'], preload: false })).violations;
  }, runOnly);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${help}: ${target.join(' ')} ${html.slice(0, 160)}`),
  );
}

/** Whether the page can be pushed sideways at its present width. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
