import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { HoldTogether, MayComeTogether } from '#libs/appointments';
import { TermsOfCalendar } from '#libs/calendars';
import { blindIndex, type Language, Refusal, translate } from '#libs/platform';
import { VisitWords } from '#libs/profiles';
import { parseDate, parseInstant } from '#libs/time';
import {
  addressPart,
  flash,
  formOf,
  LanguageOf,
  Pages,
  parseForm,
  parseQuery,
  pathTo,
  RateLimit,
  seeOther,
  type SeeOther,
  SessionCookie,
  type WebRequest,
} from '#libs/web';
import { rememberHold } from '../book/remembered-holds.js';
import { FamilyQuery, familyPath, RunForm } from './family.form.js';
import { offerModel, runsModel } from './family.view.js';
import { FreeRuns } from './free-runs.js';

/** Refusals after which other times are chosen. */
const chooseAgain: ReadonlySet<string> = new Set(['slot-taken', 'not-bookable']);

/** Several people at one go: how many come, and when that many can come one after another. */
@Controller(':language/family')
export class RunsController {
  constructor(
    private readonly pages: Pages,
    private readonly cookie: SessionCookie,
    private readonly terms: TermsOfCalendar,
    private readonly words: VisitWords,
    private readonly runs: FreeRuns,
    private readonly mayCome: MayComeTogether,
    private readonly holdTogether: HoldTogether,
  ) {}

  @Get()
  async choose(@Query() query: unknown, @LanguageOf() language: Language, @Req() request: WebRequest): Promise<string> {
    const parsed = parseQuery(FamilyQuery, query);
    if (!parsed.ok) throw new Refusal('not-found');
    const { calendar, service, payer, people = 2, day } = parsed.value;
    await this.terms.requirePayer(calendar, service, payer);
    const terms = await this.terms.run(calendar, service);
    const facts = terms?.published ? await this.words.run(terms) : undefined;
    if (!terms || !facts) throw new Refusal('not-found');
    const isOffered = await this.mayCome.run(terms);
    const runs = isOffered ? await this.runs.run(terms, people, day === undefined ? null : parseDate(day)) : undefined;
    const title = translate(language, 'together.family.title');
    return this.pages.render(
      'booking/family',
      {
        offer: offerModel(language, terms, facts),
        runs: runs && runsModel(language, terms, people, runs),
        form: formOf({ people }),
        counts: [2, 3, 4, 5].map((n) => ({
          value: String(n),
          label: translate(language, 'together.family.people', { n }),
        })),
        kept: { calendar, service, payer: terms.payer },
        fields: { calendarId: calendar, serviceId: service, payer: terms.payer, people: String(people) },
        title,
      },
      { request, title },
    );
  }

  /** All visits of the run are theirs at once. */
  @Post('holds')
  @RateLimit('hold', { perMinute: 60 })
  async take(@Body() body: unknown, @LanguageOf() language: Language, @Req() request: WebRequest): Promise<SeeOther> {
    const parsed = parseForm(RunForm, body);
    const start = parsed.ok ? parseInstant(parsed.value.start) : null;
    if (!parsed.ok || start === null) throw new Refusal('invalid');
    const { calendarId, serviceId, payer, people } = parsed.value;
    await this.terms.requirePayer(calendarId, serviceId, payer);
    const session = await this.cookie.orAnonymous(request);
    try {
      const hold = await this.holdTogether.run({
        actor: await request.actor(),
        sessionId: session.id,
        addressIndex: blindIndex('hold-address', addressPart(request.ip ?? '')),
        calendarId,
        serviceId,
        start,
        people,
      });
      rememberHold(request, {
        id: hold.id,
        token: hold.token,
        calendarId,
        serviceId,
        start: start.toString(),
        people,
      });
      return seeOther(pathTo(language, '/family/', hold.id));
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || !chooseAgain.has(thrown.code)) throw thrown;
      flash(request, { kind: 'error', key: 'together.family.gone' });
      return seeOther(pathTo(language, familyPath({ calendar: calendarId, service: serviceId, payer, people })));
    }
  }

  /** Where a changed language on the answer to a form leads. */
  @Get('holds')
  again(@LanguageOf() language: Language): SeeOther {
    return seeOther(pathTo(language, '/find'));
  }
}
