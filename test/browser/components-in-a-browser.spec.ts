import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post, Query, Req } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { accessEntities } from '#libs/access';
import { PlatformModule, Refusal } from '#libs/platform';
import { createWebApp, Pages, seeOther, type SeeOther, WebModule, type WebRequest } from '#libs/web';
import { styleGuideModel } from '../../libs/web/style-guide/model.js';
import { migrations } from '../../migrations/index.js';
import { axe, browser, overflows, type TestBrowser } from '../support/browser.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

const posts: string[] = [];

@Controller(':language/guide')
class GuideController {
  constructor(private readonly pages: Pages) {}

  @Get()
  show(@Req() request: WebRequest, @Query('week') week?: string): Promise<string> {
    if (week === 'taken') throw new Refusal('slot-taken');
    const seconds = Number(request.query['seconds'] ?? 570);
    const expiresAt = Temporal.Instant.from(styleGuideModel.now).add({ seconds }).toString();
    const model = { ...styleGuideModel, expiresAt, ...(week !== undefined && { weekTitle: week }) };
    return this.pages.render('web/style-guide', model, { request, title: 'Style guide' });
  }

  @Post()
  async book(): Promise<SeeOther> {
    posts.push('post');
    await new Promise((resolve) => setTimeout(resolve, 400));
    return seeOther('/lv/guide');
  }
}

@Controller('api/v1/suggest')
class SuggestApi {
  @Get()
  suggest(@Query('q') q: string): object {
    if (q === 'broken') throw new Error('broken');
    const all = ['Oftalmologs', 'Oftalmologs, bērnu', 'Otolaringologs'];
    const items = all.filter((label) => label.toLowerCase().startsWith(q.toLowerCase()));
    return { items: items.map((label) => ({ label, kind: 'specialitāte' })) };
  }
}

let database: TestDatabase;
let app: NestExpressApplication;
let chromium: TestBrowser;
let address: string;

beforeAll(async () => {
  database = await testDatabase();
  Object.assign(process.env, {
    DATABASE_URL: database.appUrl,
    SECRET_KEYS: 'a-key-of-thirty-two-characters-or-more',
    LOG_LEVEL: 'silent',
  });
  @Module({
    imports: [PlatformModule.forRoot({ name: 'guide', entities: accessEntities, migrations }), WebModule.forApp()],
    controllers: [GuideController, SuggestApi],
  })
  class GuideModule {}
  app = await createWebApp(GuideModule, { app: 'booking', logger: ['fatal'] });
  await app.listen(0, '127.0.0.1');
  address = (await app.getUrl()).replace('127.0.0.1', 'localhost');
  chromium = await browser();
});

afterAll(async () => {
  await chromium.stop();
  await app.close();
  await database.drop();
});

describe('the components', () => {
  it.each(['lv', 'et', 'en', 'ru'])('fit a narrow phone and large letters, in %s', async (language) => {
    const { page, problems, context } = await chromium.visitor({ viewport: { width: 320, height: 700 } });
    await page.goto(`${address}/${language}/guide`);
    expect(await overflows(page)).toBe(false);
    await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
    await page.setViewportSize({ width: 640, height: 900 });
    expect(await overflows(page)).toBe(false);
    expect(problems).toEqual([]);
    await context.close();
  });

  it.each(['light', 'dark'] as const)('give axe nothing to find when it is %s', async (colorScheme) => {
    const { page, context } = await chromium.visitor({ colorScheme, viewport: { width: 1280, height: 900 } });
    await page.goto(`${address}/lv/guide`);
    expect(await axe(page)).toEqual([]);
    await context.close();
  });

  it('are large enough to be pressed', async () => {
    const { page, context } = await chromium.visitor({ viewport: { width: 320, height: 700 } });
    await page.goto(`${address}/lv/guide`);
    const small = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('main button, main .input, nav a, .month a')]
      .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
      .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24)).map(([text]) => text)`);
    expect(small).toEqual([]);
    await context.close();
  });
});

describe('a form', () => {
  it('is sent once, however often it is pressed', async () => {
    const { page, context } = await chromium.visitor();
    await page.goto(`${address}/lv/guide`);
    posts.length = 0;
    const slot = page.locator('button.slot').first();
    await slot.evaluate((button: { form: { action: string } }) => (button.form.action = '/lv/guide'));
    await slot.evaluate((button: { click(): void }) => {
      button.click();
      button.click();
    });
    await page.waitForURL(`${address}/lv/guide`);
    await page.waitForTimeout(600);
    expect(posts).toEqual(['post']);
    await context.close();
  });

  it('shows its mistakes first', async () => {
    const { page, context } = await chromium.visitor();
    await page.goto(`${address}/lv/guide`);
    expect(await page.evaluate('document.activeElement.className')).toBe('error-summary');
    await page.getByRole('link', { name: /E-pasts: / }).click();
    expect(await page.evaluate('location.hash')).toBe('#email');
    await context.close();
  });
});

describe('the time that is kept', () => {
  it('counts down, warns before its end and says when it is over', async () => {
    const { page, context } = await chromium.visitor();
    await page.goto(`${address}/lv/guide?seconds=121`);
    expect(await page.locator('[data-hold-text]').textContent()).toMatch(/2:0[01]/);
    await expect(page.locator('[data-hold-status]').textContent()).resolves.toBe('');
    await page.locator('.hold-ending [data-hold-status]', { hasText: 'Drīz' }).waitFor({ state: 'attached' });
    await page.goto(`${address}/lv/guide?seconds=1`);
    await page.locator('.hold-over [data-hold-text]', { hasText: 'vairs nav' }).waitFor();
    await context.close();
  });
});

describe('suggestions', () => {
  it('are chosen with the keyboard and told to screen readers', async () => {
    const { page, context } = await chromium.visitor();
    await page.goto(`${address}/lv/guide`);
    const field = page.getByRole('combobox', { name: 'Ārsts, specialitāte vai pakalpojums' });
    await field.pressSequentially('oft');
    await page.locator('.suggestions [role=option]').first().waitFor();
    expect(await page.locator('.suggestions [role=option]').count()).toBe(2);
    expect(await page.locator('.combobox [role=status]').textContent()).toBe('Ieteikumu skaits: 2');
    await field.press('ArrowDown');
    await field.press('ArrowDown');
    expect(await page.locator('[aria-selected=true]').textContent()).toContain('bērnu');
    expect(await field.getAttribute('aria-activedescendant')).toBeTruthy();
    expect(await axe(page)).toEqual([]);
    await field.press('Enter');
    expect(await field.inputValue()).toBe('Oftalmologs, bērnu');
    expect(await field.getAttribute('aria-expanded')).toBe('false');
    await context.close();
  });

  it('tell "nothing found" from "not available"', async () => {
    const { page, context } = await chromium.visitor();
    await page.goto(`${address}/lv/guide`);
    const field = page.locator('#q');
    const note = page.locator('.suggestions-note');
    await field.pressSequentially('zzz');
    await page.locator('.suggestions-note', { hasText: 'Nekas nav atrasts' }).waitFor();
    await field.fill('broken');
    await page.locator('.suggestions-note', { hasText: 'Ieteikumus pašlaik' }).waitFor();
    await field.press('Escape');
    expect(await note.isVisible()).toBe(false);
    await context.close();
  });
});

describe('a part of a page', () => {
  it('is exchanged in place, the address follows and the focus stays', async () => {
    const { page, problems, context } = await chromium.visitor();
    await page.goto(`${address}/lv/guide`);
    await page.evaluate('globalThis.stayed = true');
    await page.locator('#week-next').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/week=next/);
    await page.locator('#week-title', { hasText: 'next' }).waitFor();
    expect(await page.evaluate('globalThis.stayed')).toBe(true);
    expect(await page.evaluate('document.activeElement.id')).toBe('week-next');
    expect(await page.locator('#week').getAttribute('aria-busy')).toBeNull();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('that cannot be had leaves the page and says why; a lost line is told apart', async () => {
    const { page, context } = await chromium.visitor();
    await page.goto(`${address}/lv/guide`);
    const next = page.locator('#week-next');
    await next.evaluate((link: { setAttribute(name: string, value: string): void }) =>
      link.setAttribute('hx-get', '?week=taken'),
    );
    await next.click();
    await page.locator('#status .message-error').waitFor();
    expect(await page.locator('#status').textContent()).toContain('Šo laiku tikko aizņēma');
    expect(await page.locator('#week').count()).toBe(1);
    await context.setOffline(true);
    await next.click();
    await page.locator('#status', { hasText: 'Nav savienojuma' }).waitFor();
    expect(await page.locator('#week').count()).toBe(1);
    await context.close();
  });
});
