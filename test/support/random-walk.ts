import type { PageForm } from './page-visitor.js';
import { type Answer, type Choice, choiceIn, type Payer, type Portal, type World } from './payer-walk.js';

/** Numbers from 0 to 1 that a seed tells (mulberry32): a walk that failed can be walked again. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const oddPayers = ['State', 'PAID', 'everyone', '%00', 'state,paid', 'insurer:', 'insurer:nobody', 'null', '0'];

/** One visitor who wanders: types addresses, follows links, sends forms, goes back, asks the API, holds a time. */
export class RandomWalk {
  private readonly random: () => number;
  /** Pages behind, for the back button. */
  private readonly behind: { answer: Answer; choice: Choice }[] = [];
  private readonly steps: string[] = [];

  constructor(
    private readonly portal: Portal,
    private readonly world: World,
    seed: number,
  ) {
    this.random = randomOf(seed);
  }

  /** Walks some steps. @returns what went wrong, with the way there; undefined when nothing did */
  async walk(most: number): Promise<string | undefined> {
    let here = await this.typed();
    for (let step = 0; step < most; step++) {
      const wrong = this.leak(here);
      if (wrong) return `${wrong}\n  ${this.steps.join('\n  ')}`;
      here = await this.next(here);
    }
    return undefined;
  }

  private leak({ answer, choice }: { answer: Answer; choice: Choice }): string | undefined {
    if (answer.status >= 500) return `answer ${answer.status}`;
    if (choice === 'any') return undefined;
    // An id that was typed may be said back, in a link to the page's own address; its times and prices may not.
    const other = answer.shown.find(({ payer, what }) => payer !== choice && !answer.address.includes(what));
    if (other) return `under ${choice} stood ${other.what}, which is ${other.payer}`;
    // Where nobody can tell what was meant, none of both is shown; what is chosen then is a new choice.
    if (choice === 'unclear') return undefined;
    const lost = answer.links.find((link) => isPublic(link) && choiceIn(link) !== choice);
    return lost && `under ${choice} a link changes or loses the choice: ${lost}`;
  }

  private next(here: { answer: Answer; choice: Choice }): Promise<{ answer: Answer; choice: Choice }> {
    this.behind.push(here);
    const { links, switches, forms } = here.answer;
    const search = forms.find(({ action }) => action.endsWith('/find'));
    const hold = forms.find(({ action, buttons }) => action.endsWith('/holds') && buttons.length > 0);
    const ways: [number, boolean, () => Promise<{ answer: Answer; choice: Choice }>][] = [
      [8, links.some(isPublic), () => this.follow(this.pick(links.filter(isPublic)), here.choice)],
      [2, switches.length > 0, () => this.follow(this.pick(switches), 'any')],
      [2, this.behind.length > 1, () => this.back()],
      [3, search !== undefined, () => this.search(search?.fields ?? {}, here.choice)],
      [3, here.answer.address.includes('?'), () => this.altered(here)],
      [2, true, () => this.api(here.choice)],
      [1, true, () => this.visit()],
      [2, true, () => this.typed()],
      [
        hold && this.portal.holdsLeft > 0 && this.random() < 0.02 ? 40 : 0,
        true,
        () => (hold ? this.hold(hold, here.choice) : this.typed()),
      ],
    ];
    const open = ways.filter(([weight, isOpen]) => isOpen && weight > 0);
    let left = this.random() * open.reduce((sum, [weight]) => sum + weight, 0);
    const [, , go] = open.find(([weight]) => (left -= weight) <= 0) ?? open[0]!;
    return go();
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)]!;
  }

  private maybe(chance: number, name: string, values: readonly string[]): string[] {
    return this.random() < chance ? [`${name}=${encodeURIComponent(this.pick(values))}`] : [];
  }

  /** Whatever the address or page says, a choice that was made before stays, unless the step is the choice itself. */
  private async go(address: string, choice: Choice, cookie = ''): Promise<{ answer: Answer; choice: Choice }> {
    if (this.portal.isTired && !this.portal.knows(address, cookie)) {
      const known = this.portal.known(this.random());
      return this.go(known, choiceIn(known));
    }
    this.steps.push(address);
    return { answer: await this.portal.get(address, cookie), choice };
  }

  private payerTyped(): string[] {
    const plain = (): string => this.pick(['state', 'paid', 'state', 'paid', 'any', `insurer:${this.world.insurer}`]);
    const dice = this.random();
    if (dice < 0.7) return [`payer=${plain()}`];
    if (dice < 0.78) return [];
    if (dice < 0.88) return [`payer=${this.pick(oddPayers)}`];
    return dice < 0.97 ? [`payer=${plain()}`, `payer=${plain()}`] : [`payer[]=${plain()}`, `payer=${plain()}`];
  }

  private typed(): Promise<{ answer: Answer; choice: Choice }> {
    const { doctors, clinics, words, cities, ids } = this.world;
    const day = ['2027-03-01', '2027-03-02', '2027-03-08', '2026-01-01', 'tomorrow', '2027-02-31'];
    const dice = this.random();
    const language = this.pick(['en', 'en', 'lv']);
    const [path, more] =
      dice < 0.45
        ? [
            `/${language}/find`,
            [
              ...this.maybe(0.35, 'q', words),
              ...this.maybe(0.2, 'city', cities),
              ...this.maybe(0.15, 'from', day),
              ...this.maybe(0.15, 'service', ids),
              ...this.maybe(0.1, 'language', ['lv', 'et', 'xx']),
              ...this.maybe(0.1, 'specialty', ['cardiology', 'nobody', '<b>']),
            ],
          ]
        : dice < 0.85
          ? [
              `/${language}/doctors/${this.pick(doctors)}`,
              [
                ...this.maybe(0.4, 'calendar', [...ids, 'x']),
                ...this.maybe(0.3, 'service', ids),
                ...this.maybe(0.3, 'day', day),
                ...this.maybe(0.2, 'view', ['list', 'week', 'none']),
              ],
            ]
          : [`/${language}/clinics/${this.pick(clinics)}`, []];
    const query = [...this.payerTyped(), ...more].sort(() => this.random() - 0.5).join('&');
    const address = query ? `${path}?${query}` : path;
    return this.go(address, choiceIn(address));
  }

  private follow(link: string, choice: Choice): Promise<{ answer: Answer; choice: Choice }> {
    return this.go(link, choice === 'any' || choice === 'unclear' ? choiceIn(link) : choice);
  }

  private back(): Promise<{ answer: Answer; choice: Choice }> {
    this.behind.pop();
    this.steps.push('(back)');
    return Promise.resolve(this.behind.pop()!);
  }

  private search(fields: Record<string, string>, before: Choice): Promise<{ answer: Answer; choice: Choice }> {
    const sent = new URLSearchParams(Object.entries(fields));
    sent.set('q', this.pick(['', ...this.world.words]));
    if (this.random() < 0.3) sent.set('city', this.pick(['', ...this.world.cities]));
    const changes = this.random() < 0.2;
    if (changes) sent.set('payer', this.pick(['state', 'paid', '', `insurer:${this.world.insurer}`]));
    const address = `/en/find?${sent}`;
    return this.go(address, changes || before === 'any' || before === 'unclear' ? choiceIn(address) : before);
  }

  /** The address as it stands, with something added by hand. */
  private altered({ answer, choice }: { answer: Answer; choice: Choice }): Promise<{ answer: Answer; choice: Choice }> {
    const { ids } = this.world;
    const added = this.pick([
      `calendar=${this.pick(ids)}`,
      `service=${this.pick(ids)}`,
      `day=${this.pick(['2027-03-02', 'never'])}`,
      'view=list',
      'people=3',
      'from=2027-03-02',
      'cursor=AAAA',
      `payer=${this.pick(['state', 'paid', 'any'])}`,
      'payer=',
    ]);
    const address = `${answer.address.replace(/[?&]cursor=[^&]*/, '')}&${added}`;
    if (address.length > 600 || !isPublic(address)) return this.typed();
    return this.go(address, added.startsWith('payer=') ? choiceIn(address) : choice);
  }

  private api(choice: Choice): Promise<{ answer: Answer; choice: Choice }> {
    const payer: Choice = choice === 'any' || choice === 'unclear' ? this.pick(['state', 'paid'] as const) : choice;
    const { doctors, words, cities, ids } = this.world;
    const path = this.pick([
      `/api/v1/practitioners?${this.maybe(0.5, 'q', words).join('')}&${this.maybe(0.3, 'city', cities).join('')}`,
      `/api/v1/practitioners/${this.pick(doctors)}?`,
      `/api/v1/calendars/${this.pick(ids)}/slots?service=${this.pick(ids)}&from=2027-03-01&to=2027-03-03`,
    ]);
    return this.go(`${path}&payer=${payer}`, payer);
  }

  /** The page on which a visit is moved, at the times of whatever calendar the address names. */
  private visit(): Promise<{ answer: Answer; choice: Choice }> {
    const { id, payer } = this.pick(this.world.visits);
    const { ids } = this.world;
    const query = [
      ...this.maybe(0.7, 'calendar', ids),
      ...this.maybe(0.3, 'day', ['2027-03-02']),
      ...this.payerTyped(),
    ];
    const page = this.pick(['', '/move', '/move', '/move/confirm']);
    const what =
      page === '/move/confirm'
        ? `calendarId=${this.pick(ids)}&serviceId=${this.pick(ids)}&start=2027-03-02T12:07:00Z`
        : '';
    return this.go(
      `/en/appointments/${id}${page}?${[...query, what].filter(Boolean).join('&')}`,
      payer,
      this.world.cookie,
    );
  }

  /** Presses a time, sometimes after changing what the page would send; then looks, and gives the time back. */
  private async hold(
    { action, fields, buttons }: PageForm,
    before: Choice,
  ): Promise<{ answer: Answer; choice: Choice }> {
    this.portal.holdsLeft--;
    const { ids, marks } = this.world;
    const sent = new URLSearchParams([...Object.entries(fields), ['start', this.pick(buttons).value]]);
    const payer = (
      before === 'any' || before === 'unclear' ? marks.calendars.get(fields['calendarId'] ?? '') : before
    ) as Payer;
    if (this.random() < 0.3) sent.set('calendarId', this.pick(ids));
    if (this.random() < 0.2) sent.set('serviceId', this.pick(ids));
    this.steps.push(`POST ${action} ${sent}`);
    const page = await this.portal.post(action, sent);
    const wrong = page.shown.find((shown) => shown.payer !== payer);
    const release = page.forms.find(({ action }) => action.endsWith('/release'));
    // A leak is found by whoever looks at the answer; the time goes back so that the next walk finds it free.
    if (wrong || !release) return { answer: page, choice: payer };
    return {
      answer: await this.portal.post(release.action, new URLSearchParams(release.fields), page.cookie),
      choice: payer,
    };
  }
}

const isPublic = (link: string): boolean => /^\/\w\w\/(?:find|doctors|clinics|family)\b/.test(link);
