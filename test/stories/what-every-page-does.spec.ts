import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Param, Post, Req } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { IsOptional, IsString, Length, MaxLength } from 'class-validator';
import request from 'supertest';
import { accessEntities, type Actor } from '#libs/access';
import { CLOCK, type Language, languages, PlatformModule, Refusal, refusals } from '#libs/platform';
import {
  ActorOf,
  allowCache,
  configureWebApp,
  flash,
  LanguageOf,
  Pages,
  parseForm,
  RateLimit,
  seeOther,
  type SeeOther,
  SessionCookie,
  webAppOptions,
  WebModule,
  type WebRequest,
} from '#libs/web';
import { migrations } from '../../migrations/index.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

class NoteForm {
  @IsString() @Length(1, 20) text: string;
}

class NoteRequest {
  @IsString() @MaxLength(20) text: string;
  @IsOptional() @IsString() more?: string;
}

@Controller(':language/notes')
class NotesController {
  constructor(
    private readonly pages: Pages,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  show(@Req() asked: WebRequest, @LanguageOf() language: Language): Promise<string> {
    allowCache(asked, 30);
    const model = { title: language, detail: 'x', icon: 'search', way: { path: '/', label: 'x' } };
    return this.pages.render('web/error', model, { request: asked, title: 'Notes', isPublic: true });
  }

  @Post()
  async keep(@Body() body: unknown, @Req() asked: WebRequest): Promise<string | SeeOther> {
    const parsed = parseForm(NoteForm, body);
    if (!parsed.ok) {
      const model = {
        title: JSON.stringify(parsed.form.errors),
        detail: '',
        icon: 'x',
        way: { path: '/', label: 'x' },
      };
      return this.pages.render('web/error', model, { request: asked, title: 'Notes', status: 422 });
    }
    await this.cookie.orAnonymous(asked);
    flash(asked, { kind: 'success', key: 'common.form.save' });
    return seeOther('/lv/notes');
  }

  @Get('who')
  async who(@ActorOf() actor: Actor, @Req() asked: WebRequest): Promise<object> {
    return { kind: actor.kind, session: (await asked.session())?.id ?? null };
  }

  @Post('few')
  @RateLimit('few', { perMinute: 3 })
  few(): SeeOther {
    return seeOther('/lv/notes');
  }

  @Get('many')
  @RateLimit('many', { perMinute: 3 })
  many(): string {
    return 'x';
  }

  @Get('fail/:code')
  fail(@Param('code') code: string): never {
    if (code in refusals) throw new Refusal(code as keyof typeof refusals, { retryAfterSeconds: 3 });
    throw new Error('password=hunter2');
  }
}

@Controller('api/v1/notes')
class NotesApi {
  @Post()
  keep(@Body() body: NoteRequest): NoteRequest {
    return body;
  }

  @Get('broken')
  broken(): never {
    throw new Error('password=hunter2');
  }
}

let database: TestDatabase;
let app: NestExpressApplication;
const ask = (): ReturnType<typeof request> => request(app.getHttpServer());
const cookiesOf = (answer: request.Response): string[] => [answer.headers['set-cookie'] ?? []].flat();

beforeAll(async () => {
  database = await testDatabase();
  Object.assign(process.env, {
    DATABASE_URL: database.appUrl,
    SECRET_KEYS: 'a-key-of-thirty-two-characters-or-more',
    LOG_LEVEL: 'silent',
  });
  @Module({
    imports: [PlatformModule.forRoot({ name: 'web-story', entities: accessEntities, migrations }), WebModule.forApp()],
    controllers: [NotesController, NotesApi],
  })
  class StoryModule {}
  // Limits count in whole minutes by the clock: it stands, so that no test falls into two of them.
  const testing = await Test.createTestingModule({ imports: [StoryModule] })
    .overrideProvider(CLOCK)
    .useValue(testClock('2027-03-01T08:00:00Z'))
    .compile();
  app = testing.createNestApplication<NestExpressApplication>({ ...webAppOptions, logger: ['error'] });
  configureWebApp(app, { app: 'booking' });
  await app.init();
});

afterAll(async () => {
  await app.close();
  await database.drop();
});

describe('a page', () => {
  it('is in the language of its address, and links the others', async () => {
    for (const language of languages) {
      const answer = await ask().get(`/${language}/notes?x=1`).expect(200);
      expect(answer.text).toContain(`<html lang="${language}">`);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.text).toContain(
        '<link rel="alternate" hreflang="et" href="http://localhost:3000/et/notes?x&#x3D;1">',
      );
      expect(answer.text).toContain('<link rel="canonical"');
    }
    await ask().get('/xx/notes').expect(404);
  });

  it('is chosen by cookie, then by the browser, when the address names no language', async () => {
    await ask().get('/?q=acis').set('Accept-Language', 'ru').expect(302).expect('Location', '/ru/?q=acis');
    await ask().get('/').set('Accept-Language', 'ru').set('Cookie', 'language=et').expect('Location', '/et/');
    await ask().get('/').expect('Location', '/lv/');
  });

  it('allows our own scripts, styles and pictures and nothing else', async () => {
    const { headers } = await ask().get('/lv/notes');
    expect(headers['content-security-policy']).toContain("default-src 'none';script-src 'self';style-src 'self'");
    expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'.*base-uri 'none'/);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('etag');
  });

  it('may be kept by caches only while nobody is known', async () => {
    expect((await ask().get('/lv/notes')).headers['cache-control']).toBe('public, max-age=30');
    const known = await ask().get('/lv/notes').set('Cookie', 'pieraksts-booking=abcdefghijklmnopqrstuvwxyz');
    expect(known.headers['cache-control']).toBe('no-store');
    expect((await ask().get('/lv/notes/who')).headers['cache-control']).toBe('no-store');
  });

  it('links its styles and scripts by their content', async () => {
    const { text } = await ask().get('/lv/notes');
    const [, address = ''] = /href="(\/assets\/[0-9a-f]{12}\/tokens\.css)"/.exec(text) ?? [];
    const asset = await ask().get(address).expect(200);
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    await ask().get('/assets/000000000000/tokens.css').expect(404);
    await ask().get('/assets/../package.json').expect(404);
  });
});

describe('a form', () => {
  const post = (): request.Test => ask().post('/lv/notes').type('form');

  it('leads on with 303 and says so once', async () => {
    const answer = await post().send({ text: 'x' }).expect(303).expect('Location', '/lv/notes');
    const note = cookiesOf(answer).find((each) => each.startsWith('flash=')) ?? '';
    const page = await ask()
      .get('/lv/notes')
      .set('Cookie', note.split(';')[0] ?? '');
    expect(page.text).toContain('Saglabāt</p>');
    expect(cookiesOf(page)).toContainEqual(expect.stringContaining('flash=; Path=/; Max-Age=0'));
  });

  it('comes back with 422 and its mistakes', async () => {
    const answer = await post().send({ text: '' }).expect(422);
    expect(answer.text).toContain('required');
    await post().send('text=%00a').expect(422);
  });

  it('from another site is refused', async () => {
    await post().set('Sec-Fetch-Site', 'cross-site').send({ text: 'x' }).expect(403);
    await post().set('Origin', 'https://evil.example').send({ text: 'x' }).expect(403);
    const plain = ask().post('/lv/notes').set('Content-Type', 'text/plain').set('Origin', 'null');
    await plain.send('{"text":"x"}').expect(403);
    await post().set('Sec-Fetch-Site', 'same-origin').send({ text: 'x' }).expect(303);
  });

  it('over 64 KiB is refused', async () => {
    await post()
      .send({ text: 'x'.repeat(70_000) })
      .expect(413);
  });
});

describe('a session', () => {
  it('is opened by a post only, and its cookie is for the server alone', async () => {
    const before = await ask().get('/lv/notes/who').expect(200);
    expect(before.body).toEqual({ kind: 'anonymous', session: null });
    expect(cookiesOf(before)).toEqual([]);
    const answer = await ask().post('/lv/notes').type('form').send({ text: 'x' });
    const cookie = cookiesOf(answer).find((each) => each.startsWith('pieraksts-booking=')) ?? '';
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
    const after = await ask()
      .get('/lv/notes/who')
      .set('Cookie', cookie.split(';')[0] ?? '');
    expect(after.body).toMatchObject({ kind: 'anonymous', session: expect.any(String) });
    const [row] = await database.sql<{ n: string }>('select count(*) n from session');
    expect(Number(row?.n)).toBeGreaterThan(0);
  });
});

describe('a limit', () => {
  it('is kept in the database and says when to come again', async () => {
    const visits = [];
    for (let visit = 0; visit < 5; visit++) visits.push(await ask().post('/lv/notes/few').type('form').send({}));
    expect(visits.map((answer) => answer.status)).toEqual([303, 303, 303, 429, 429]);
    expect(Number(visits[4]?.headers['retry-after'])).toBeGreaterThan(0);
    const rows = await database.sql<{ key_hash: Buffer; count: number }>('select * from rate_limit');
    expect(rows.map((row) => [row.key_hash.length, row.count])).toEqual([[32, 5]]);
  });
});

describe('a limit of a search', () => {
  it('is counted a little later, and for all processes together', async () => {
    const [row] = await database.sql<{ key_hash: Buffer }>('select key_hash from rate_limit');
    expect(row).toBeDefined();
    const isCounted = async (times: number): Promise<void> => {
      const counted = () =>
        database.sql(`select from rate_limit where key_hash <> $1 and count = $2`, [row?.key_hash, times]);
      while ((await counted()).length === 0) await sleep(20);
      // What the table says has come back to the process, too.
      await sleep(50);
    };
    await ask().get('/lv/notes/many').expect(200);
    await isCounted(1);
    // Another process counted two more.
    await database.sql(`update rate_limit set count = count + 2 where key_hash <> $1`, [row?.key_hash]);
    await ask().get('/lv/notes/many').expect(200);
    await isCounted(4);
    await ask().get('/lv/notes/many').expect(429);
  });
});

describe('a program', () => {
  const post = (body: string): request.Test =>
    ask().post('/api/v1/notes').set('Content-Type', 'application/json').send(body);
  const problem = expect.stringMatching(/^application\/problem\+json/);

  it('reads which member is wrong', async () => {
    const answer = await post('{"text":7,"role":"admin"}').set('Accept-Language', 'en').expect(400);
    expect(answer.headers['content-type']).toEqual(problem);
    expect(answer.body).toMatchObject({
      code: 'invalid',
      status: 400,
      title: expect.any(String),
      type: expect.stringContaining('/problems/invalid'),
    });
    expect(answer.body.errors).toEqual([
      { path: 'role', code: 'unknown', detail: 'There is no such field.' },
      { path: 'text', code: 'invalid', detail: expect.any(String) },
    ]);
  });

  it.each([
    ['{"text":"a\\u0000"}', 400],
    ['{"text":"\\ud800"}', 400],
    ['{"__proto__":{"x":1},"text":"a"}', 400],
    ['{"text":', 400],
    ['[]', 400],
    ['"text"', 400],
    [`{"text":"${'x'.repeat(70_000)}"}`, 413],
    [`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, 400],
  ])('is refused: %.40s', async (body, status) => {
    const answer = await post(body).expect(status);
    expect(answer.headers['content-type']).toEqual(problem);
  });

  it('speaks JSON only, by the methods that there are', async () => {
    await ask().post('/api/v1/notes').type('form').send({ text: 'x' }).expect(415);
    await ask().post('/api/v1/notes').set('Content-Type', 'application/xml').send('<a/>').expect(415);
    await ask().delete('/api/v1/notes').expect(405).expect('Allow', 'POST');
    await ask()
      .get('/api/v1/nothing')
      .expect(404)
      .expect('Content-Type', /^application\/problem\+json/);
  });

  it('learns nothing of a bug but where to ask', async () => {
    const answer = await ask().get('/api/v1/notes/broken').expect(500);
    expect(answer.text).not.toContain('hunter2');
    expect(answer.body.instance).toBe(`urn:request:${answer.headers['x-request-id']}`);
  });
});

describe('an error page', () => {
  it.each(Object.keys(refusals))('says %s in the reader’s language', async (code) => {
    const answer = await ask()
      .get(`/ru/notes/fail/${code}`)
      .expect(refusals[code as keyof typeof refusals].status);
    expect(answer.text).toMatch(/<h1>[А-Я][^<]+<\/h1>/);
    expect(answer.headers['retry-after']).toBe('3');
  });

  it('of a bug names the request and nothing else', async () => {
    const answer = await ask().get('/en/notes/fail/bug').expect(500);
    expect(answer.text).toContain(answer.headers['x-request-id']);
    expect(answer.text).not.toContain('hunter2');
  });

  it('is a message in place when a part of a page was asked for', async () => {
    const answer = await ask().get('/en/notes/fail/slot-taken').set('HX-Request', 'true').expect(409);
    expect(answer.headers).toMatchObject({ 'hx-retarget': '#status', 'hx-reselect': '#status-message' });
    expect(answer.text).not.toContain('<html');
  });

  it.each(['/lv/%00', '/lv/%ff', '/lv/notes?x=%00', '/lv/%E0%A4%A'])('answers %s with 400', async (path) => {
    await ask().get(path).expect(400);
  });

  it('explains each code of the API', async () => {
    const page = await ask().get('/problems/slot-taken').set('Accept-Language', 'en').expect(200);
    expect(page.text).toContain('<h1>This time has just been taken</h1>');
    expect(page.text).toContain('Find a time');
    await ask().get('/problems/toString').expect(404);
  });
});
