import type { Credential, StaffMember } from './build-people.js';
import type { RunningApp } from './app.js';
import type { TestClock } from './clock.js';

export interface StaffPage {
  status: number;
  /** Where a post leads, without the host. */
  location: string | null;
  /** What stands on the page, without markup, each run of space as one. */
  text: string;
  html: string;
}

/** Somebody at a clinic with a browser that runs no scripts. */
export interface StaffVisitor {
  cookie: string;
  /** The same as a real browser keeps them. */
  cookies: { name: string; value: string; url: string }[];
  /** @param cookie one more, beside the session's */
  get(path: string, cookie?: string): Promise<StaffPage>;
  /** Sends a form; a list is sent as several fields of one name. */
  post(path: string, fields: Record<string, string | readonly string[]>): Promise<StaffPage>;
  /** A value that the page holds, such as a version or a key, by the name of its field. */
  field(page: StaffPage, name: string): string;
  /** Asks as the calendar's script does. */
  api(
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<{ status: number; json: Record<string, unknown> }>;
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#x3D': '=',
  '#x60': '`',
};

const plain = (html: string): string =>
  html
    .replace(/<(script|style|template)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&([#\w]+);/g, (all, name: string) => entities[name] ?? all)
    .replace(/\s+/g, ' ')
    .trim();

async function read(answer: Response): Promise<StaffPage> {
  const html = await answer.text();
  const location = answer.headers.get('location');
  return {
    status: answer.status,
    location: location && location.replace(/^https?:\/\/[^/]+/, ''),
    text: plain(html),
    html,
  };
}

/** Signs in with password and code, as the page asks. */
export async function staffVisitor(
  app: RunningApp,
  staff: StaffMember,
  credential: Credential,
  clock: TestClock,
): Promise<StaffVisitor> {
  const send = (path: string, fields: Record<string, string | readonly string[]>, cookie = ''): Promise<Response> => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) body.append(name, each);
    return fetch(app.url + path, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { cookie, accept: 'text/html' },
    });
  };
  const { email } = staff;
  const signedIn = await send('/en/sign-in', {
    email,
    password: credential.password,
    code: await credential.code(clock.now()),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  if (signedIn.status !== 303) throw new Error(`not signed in: ${signedIn.status} ${plain(await signedIn.text())}`);
  return {
    cookie,
    cookies: cookie.split('; ').map((each) => {
      const [name = '', value = ''] = each.split('=', 2);
      return { name, value, url: app.url };
    }),
    get: async (path, more = '') =>
      read(
        await fetch(app.url + path, {
          redirect: 'manual',
          headers: { cookie: `${cookie}; ${more}`, accept: 'text/html' },
        }),
      ),
    post: async (path, fields) => read(await send(path, fields, cookie)),
    field: (page, name) => {
      const tag = new RegExp(`<input[^>]*name="${name.replace('.', '\\.')}"[^>]*>`).exec(page.html)?.[0] ?? '';
      const value = /value="([^"]*)"/.exec(tag)?.[1];
      if (value === undefined) throw new Error(`no field ${name} on: ${page.text.slice(0, 300)}`);
      return value.replace(/&([#\w]+);/g, (all, entity: string) => entities[entity] ?? all);
    },
    api: async (path, body, headers = {}) => {
      const answer = await fetch(app.url + path, {
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
        headers: {
          cookie,
          accept: 'application/json',
          'accept-language': 'en',
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
      });
      return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
    },
  };
}
