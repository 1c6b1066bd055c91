import type { RunningApp } from './app.js';

export interface VisitedPage {
  status: number;
  /** Path and search of where it came from, after all redirects. */
  path: string;
  html: string;
  /** What stands on the page, without markup, each run of space as one. */
  text: string;
}

/** A form as the page holds it: where it goes and what it would send untouched. */
export interface PageForm {
  action: string;
  fields: Record<string, string>;
  /** Names and values of its buttons. */
  buttons: { name: string; value: string }[];
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
const decoded = (text: string): string => text.replace(/&([#\w]+);/g, (all, name: string) => entities[name] ?? all);
const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : decoded(value);
};

/** What people read of the markup. */
export const readable = (html: string): string =>
  decoded(
    html
      .replace(/<(script|style|template)[\s\S]*?<\/\1>/g, ' ')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );

/** Somebody whose browser keeps cookies and follows redirects, and runs no scripts. */
export class PageVisitor {
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly app: RunningApp,
    private readonly language = 'en',
  ) {}

  get(path: string): Promise<VisitedPage> {
    return this.go('GET', path);
  }

  post(path: string, fields: Record<string, string>): Promise<VisitedPage> {
    return this.go('POST', path, new URLSearchParams(fields));
  }

  /** Sends a form with a file beside its fields. */
  upload(
    path: string,
    fields: Record<string, string>,
    file: { field: string; name: string; type: string; bytes: Uint8Array<ArrayBuffer> },
  ): Promise<VisitedPage> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) if (name !== file.field) body.append(name, value);
    body.append(file.field, new Blob([file.bytes], { type: file.type }), file.name);
    return this.go('POST', path, body);
  }

  /** Fills and sends the form whose action ends so, with its first button. */
  send(page: VisitedPage, ending: string | RegExp, typed: Record<string, string> = {}): Promise<VisitedPage> {
    const form = formsOf(page).find(({ action }) =>
      typeof ending === 'string' ? action.endsWith(ending) : ending.test(action),
    );
    if (!form) throw new Error(`no form to ${ending} on ${page.path}: ${page.text.slice(0, 400)}`);
    const button = form.buttons[0];
    return this.post(form.action, { ...form.fields, ...(button && { [button.name]: button.value }), ...typed });
  }

  private async go(method: string, path: string, body?: URLSearchParams | FormData): Promise<VisitedPage> {
    let [at, how, what] = [path, method, body];
    for (let hops = 0; hops < 8; hops++) {
      const answer = await fetch(this.app.url + at, {
        method: how,
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          'accept-language': this.language,
          cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        },
        ...(what && { body: what }),
      });
      for (const each of answer.headers.getSetCookie()) this.keep(each);
      const next = answer.headers.get('location');
      if (next === null || answer.status < 300 || answer.status > 399) {
        const html = await answer.text();
        return { status: answer.status, path: at, html, text: readable(html) };
      }
      await answer.arrayBuffer();
      const address = new URL(next, this.app.url + at);
      [at, how, what] = [address.pathname + address.search, 'GET', undefined];
    }
    throw new Error(`${path} leads in a circle`);
  }

  private keep(header: string): void {
    const [pair = '', ...attributes] = header.split(';');
    const [name = '', value = ''] = pair.trim().split('=', 2);
    if (attributes.some((each) => each.trim().toLowerCase() === 'max-age=0')) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** The forms of a page in their order. */
export function formsOf({ html }: Pick<VisitedPage, 'html'>): PageForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', body = '']) => {
    const fields: Record<string, string> = {};
    for (const [tag] of body.matchAll(/<input\b[^>]*>/g)) {
      const [name, type] = [attribute(tag, 'name'), attribute(tag, 'type')];
      if (name === undefined) continue;
      const isChoice = type === 'checkbox' || type === 'radio';
      if (!isChoice || / checked/.test(tag)) fields[name] = attribute(tag, 'value') ?? '';
    }
    for (const [, tag = '', text = ''] of body.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)) {
      fields[attribute(tag, 'name') ?? ''] = decoded(text);
    }
    for (const [, tag = '', options = ''] of body.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
      const chosen = [...options.matchAll(/<option\b[^>]*>/g)].find(
        ([option], index) => / selected/.test(option) || index === 0,
      );
      const selected = /<option\b[^>]* selected[^>]*>/.exec(options)?.[0] ?? chosen?.[0] ?? '';
      fields[attribute(tag, 'name') ?? ''] = attribute(selected, 'value') ?? '';
    }
    const buttons = [...body.matchAll(/<button\b[^>]*>/g)].flatMap(([tag]) => {
      const name = attribute(tag, 'name');
      return name === undefined ? [] : [{ name, value: attribute(tag, 'value') ?? '' }];
    });
    return { action: attribute(` ${head}`, 'action') ?? '', fields, buttons };
  });
}

/** The links of a page that stay on the site. */
export const linksOf = ({ html }: Pick<VisitedPage, 'html'>): string[] =>
  [...html.matchAll(/<a\b[^>]*\shref="(\/[^"]*)"/g)].map(([, href = '']) => decoded(href));
