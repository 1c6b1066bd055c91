import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { IsIn, IsUUID } from 'class-validator';
import { AnswerReminder } from '#libs/notifications';
import { type Language, Refusal, translate } from '#libs/platform';
import {
  addressPart,
  flash,
  LanguageOf,
  Pages,
  parseForm,
  pathTo,
  RateLimits,
  seeOther,
  type SeeOther,
  type WebRequest,
} from '#libs/web';

class AnswerForm {
  @IsUUID('loose') visit: string;
  @IsIn(['come', 'cannot']) answer: 'come' | 'cannot';
}

/** Tries with links that are none, from one network address and minute. */
const mostGuesses = 60;

/** Somebody else was quicker, or time was: the page says how it stands. */
const shown: ReadonlySet<string> = new Set(['state-changed', 'not-cancellable', 'in-progress']);

/**
 * Where the link of a reminder leads. Nobody signs in here, and nothing clinical stands here: the link is good for saying
 * that one comes or cannot come to the visits of that reminder. A page is only read; buttons act (promise 11).
 */
@Controller(':language/come/:key')
export class ComeController {
  constructor(
    private readonly pages: Pages,
    private readonly reminders: AnswerReminder,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  async show(@Param('key') key: string, @LanguageOf() language: Language, @Req() request: WebRequest): Promise<string> {
    const visits = await this.orOver(request, () => this.reminders.read(key, language));
    if (visits === undefined) return this.over(request, language);
    request.res?.setHeader('Referrer-Policy', 'no-referrer');
    request.res?.setHeader('X-Robots-Tag', 'noindex');
    const title = translate(language, 'reminders.come.title', { n: visits.length });
    return this.pages.render(
      'booking/come',
      {
        title,
        visits,
        action: pathTo(language, '/come/', key),
        isAnyGone: visits.some(({ state }) => state !== 'open'),
      },
      { request, title },
    );
  }

  @Post()
  async answer(
    @Param('key') key: string,
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(AnswerForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { visit, answer } = parsed.value;
    const done = await this.orOver(request, async () => {
      try {
        await (answer === 'come' ? this.reminders.come(key, visit) : this.reminders.cannotCome(key, visit));
        flash(request, { kind: 'success', key: `reminders.come.done.${answer}` });
      } catch (thrown) {
        if (!(thrown instanceof Refusal) || !shown.has(thrown.code)) throw thrown;
        flash(request, { kind: 'warning', key: 'reminders.come.changed' });
      }
      return true;
    });
    return done ? seeOther(pathTo(language, '/come/', key)) : this.over(request, language);
  }

  /** @returns undefined for a link that leads nowhere (any more); guessing many of them is slowed down */
  private async orOver<T>(request: WebRequest, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || thrown.code !== 'not-found') throw thrown;
      await this.limits.count({ key: `come-guess|${addressPart(request.ip ?? '')}`, seconds: 60, limit: mostGuesses });
      return undefined;
    }
  }

  private over(request: WebRequest, language: Language): Promise<string> {
    const title = translate(language, 'reminders.come.over.title');
    const actions = [
      { href: pathTo(language, '/my-appointments'), label: translate(language, 'reminders.come.over.mine') },
      { href: pathTo(language), label: translate(language, 'reminders.come.find') },
    ];
    return this.pages.render('booking/come-over', { actions }, { request, title, status: 404 });
  }
}
