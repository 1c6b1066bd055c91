import type { RunningApp } from './app.js';
import { formsOf, linksOf, type PageForm } from './page-visitor.js';

export type Payer = 'state' | 'paid';
/** What somebody asked for: one payer, both (no choice was made), or something that nobody can tell. */
export type Choice = Payer | 'any' | 'unclear';

/** By what one can tell on a page or in an answer whose time, price or button it is. */
export interface Marks {
  calendars: ReadonlyMap<string, Payer>;
  /** Prices in cents, each of one payer only. */
  prices: ReadonlyMap<number, Payer>;
  /** The minute of the hour at which each payer's times begin. */
  minutes: ReadonlyMap<number, Payer>;
}

/** A world to walk in: what may stand in an address. */
export interface World {
  marks: Marks;
  /** Of calendars and services of both payers. */
  ids: readonly string[];
  doctors: readonly string[];
  clinics: readonly string[];
  /** Pages of one visit each, which show times of its payer only. They ask for the patient's cookie. */
  visits: readonly { id: string; payer: Payer }[];
  cookie: string;
  words: readonly string[];
  cities: readonly string[];
  insurer: string;
}

/** What the visitor chose, read from an address as a person would read it. */
export function choiceIn(address: string): Choice {
  const said = new URLSearchParams(address.split('?')[1] ?? '').getAll('payer');
  const one = said[0]?.trim() ?? '';
  // Said twice, even alike or empty once: nobody can tell.
  if (said.length > 1) return 'unclear';
  if (one === '') return 'any';
  if (one === 'any' || one === 'state' || one === 'paid') return one;
  return /^insurer:[\w.-]{1,60}$/.test(one) ? 'paid' : 'unclear';
}

/** The page without the switch of the payer, whose links are the visitor's own step, and without frame and pictures. */
const heart = (html: string): string =>
  (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html).replace(
    /<nav class="payer-choices"[\s\S]*?<\/nav>|<svg[\s\S]*?<\/svg>/g,
    '',
  );

/** Everything on a page, or in an answer of the API, that belongs to a payer, and what it was. */
export function shownOf(body: string, { calendars, prices, minutes }: Marks): { payer: Payer; what: string }[] {
  const shown: { payer: Payer; what: string }[] = [];
  const add = (payer: Payer | undefined, what: string): void => {
    if (payer) shown.push({ payer, what });
  };
  const text = heart(body);
  for (const [id] of text.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)) add(calendars.get(id), id);
  for (const [price, euros, cents] of text.matchAll(/\b(\d{1,4})[.,](\d\d)\b(?!\d)/g))
    add(prices.get(Number(euros) * 100 + Number(cents)), price);
  for (const [time, minute] of text.matchAll(/\d{4}-\d\d-\d\dT\d\d:(\d\d):00(?:\.000)?Z/g))
    add(minutes.get(Number(minute)), time);
  for (const [badge, payer] of text.matchAll(/class="badge badge-(state|paid)"/g)) add(payer as Payer, badge);
  for (const [button] of text.matchAll(/class="slot slot-paid"/g)) add('paid', button);
  for (const [member, payer] of text.matchAll(/"payer":"(state|paid)"/g)) add(payer as Payer, member);
  return shown;
}

export interface Answer {
  status: number;
  /** Where it was found in the end. */
  address: string;
  body: string;
  /** What of it belongs to a payer. */
  shown: { payer: Payer; what: string }[];
  links: string[];
  switches: string[];
  forms: PageForm[];
}

/**
 * Asks the portal. What an address answered once it is not asked again: GET changes nothing, so all walks share the answers.
 * After `most` requests only known addresses are left to walk on.
 */
export class Portal {
  private readonly answers = new Map<string, Promise<Answer>>();
  /** Addresses that anybody may type. */
  private readonly open: string[] = [];
  /** How many requests were really made. */
  asked = 0;

  constructor(
    private readonly app: RunningApp,
    private readonly marks: Marks,
    private readonly most: number,
  ) {}

  /** Holds are never answered from memory: each is taken and given back. */
  holdsLeft = 250;

  get isTired(): boolean {
    return this.asked >= this.most;
  }

  knows(address: string, cookie = ''): boolean {
    return this.answers.has(`${cookie} ${address}`);
  }

  /** An address that somebody else came by. @param random from 0 to 1 */
  known(random: number): string {
    return this.open[Math.floor(random * this.open.length)]!;
  }

  get(address: string, cookie = ''): Promise<Answer> {
    const key = `${cookie} ${address}`;
    let answer = this.answers.get(key);
    if (!answer) {
      this.answers.set(key, (answer = this.ask(address, { cookie })));
      if (cookie === '') this.open.push(address);
    }
    return answer;
  }

  post(address: string, body: URLSearchParams, cookie = ''): Promise<Answer & { cookie: string }> {
    return this.ask(address, { cookie, body });
  }

  private async ask(
    address: string,
    { cookie, body }: { cookie: string; body?: URLSearchParams },
  ): Promise<Answer & { cookie: string }> {
    let [at, what, kept] = [address, body, cookie];
    for (let hops = 0; hops < 6; hops++) {
      // Each request from an address of its own: how often one may ask is another story's.
      const from = `10.${++this.asked >> 16}.${(this.asked >> 8) & 255}.${this.asked & 255}`;
      const answer = await fetchAgain(this.app.url + at, {
        method: what ? 'POST' : 'GET',
        redirect: 'manual',
        headers: {
          accept: at.startsWith('/api/') ? 'application/json' : 'text/html',
          cookie: kept,
          'x-forwarded-for': from,
        },
        ...(what && { body: what }),
      });
      kept = cookiesAfter(kept, answer.headers.getSetCookie());
      const next = answer.headers.get('location');
      const html = await answer.text();
      if (next === null) {
        const main = { html: heart(html) };
        const switches = linksOf({ html: (/<nav class="payer-choices"[\s\S]*?<\/nav>/.exec(html) ?? [''])[0] });
        return {
          status: answer.status,
          address: at,
          body: html,
          shown: shownOf(html, this.marks),
          links: linksOf(main),
          switches,
          forms: formsOf(main),
          cookie: kept,
        };
      }
      const to = new URL(next, this.app.url + at);
      [at, what] = [to.pathname + to.search, undefined];
    }
    throw new Error(`${address} leads in a circle`);
  }
}

const cookiesAfter = (before: string, set: readonly string[]): string => {
  const jar = new Map(
    before
      .split('; ')
      .filter(Boolean)
      .map((pair) => pair.split('=', 2) as [string, string]),
  );
  for (const each of set) {
    const [name = '', value = ''] = (each.split(';')[0] ?? '').split('=', 2);
    if (/max-age=0/i.test(each)) jar.delete(name);
    else jar.set(name, value);
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
};

/** A kept connection may be closed by the server in the very moment in which it is used again: asked once more. */
const fetchAgain = (address: string, init: RequestInit): Promise<Response> =>
  fetch(address, init).catch(() => fetch(address, init));
