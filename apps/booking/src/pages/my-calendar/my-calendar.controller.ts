import { Body, Controller, Get, Post, Redirect, Req } from '@nestjs/common';
import { IsIn, IsString, IsUUID, Length } from 'class-validator';
import {
  BeginConnection,
  calendarKinds,
  type CalendarKind,
  ChooseCalendar,
  DisconnectCalendar,
  feedInWords,
  FeedOfOwner,
  isGoogleSetUp,
  LeftBehind,
  OwnCalendar,
  PutBack,
} from '#libs/calendar-sync';
import { type Language, Refusal, translate } from '#libs/platform';
import {
  flash,
  formOf,
  type FormState,
  LanguageOf,
  Pages,
  parseForm,
  pathTo,
  RateLimit,
  seeOther,
  type SeeOther,
  type WebRequest,
} from '#libs/web';
import { askWho, isSignedIn } from '../my-appointments/signed-in.js';
import { leftModel, myCalendarModel } from './my-calendar.view.js';

class ConnectForm {
  @IsIn([...calendarKinds]) kind: CalendarKind;
}

class ChoiceForm {
  @IsString() @Length(1, 300) calendar: string;
}

class LeftForm {
  @IsUUID('loose') left: string;
}

class EntryForm {
  @IsUUID('loose') entry: string;
}

const purpose = 'visits';

/** A person's own Google calendar: to connect it, to see how it stands, and to end it. */
@Controller(':language/my-calendar')
export class MyCalendarController {
  constructor(
    private readonly pages: Pages,
    private readonly ownCalendar: OwnCalendar,
    private readonly leftBehind: LeftBehind,
    private readonly feedOfOwner: FeedOfOwner,
    private readonly begin: BeginConnection,
    private readonly choice: ChooseCalendar,
    private readonly disconnect: DisconnectCalendar,
    private readonly putBack: PutBack,
  ) {}

  @Get()
  async show(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const state = await this.ownCalendar.run({ actor, purpose });
    const left = await this.leftBehind.of(actor);
    const feed = await this.feedOfOwner.run(actor);
    return this.pages.render(
      'booking/my-calendar',
      {
        isSetUp: isGoogleSetUp(),
        calendar: myCalendarModel(language, state),
        left: left.map((each) => leftModel(language, each)),
        feed: feed && feedInWords(feed, language),
        feedPath: pathTo(language, '/my-calendar/feed'),
        form: formOf({ kind: state?.kind ?? 'own' }),
        kinds: calendarKinds.map((value) => ({
          value,
          label: translate(language, `google.kind.${value}.label`),
          hint: translate(language, `google.kind.${value}.hint`),
        })),
      },
      { request, title: translate(language, 'google.title') },
    );
  }

  /** To Google, where the person agrees or not. */
  @Post('connect')
  @RateLimit('calendar-connect', { perMinute: 20 })
  @Redirect('/', 303)
  async connect(
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<{ url: string }> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return { url: askWho(request, language).path };
    const form = parseForm(ConnectForm, body);
    if (!form.ok) throw new Refusal('invalid');
    return { url: await this.begin.run({ actor, purpose, kind: form.value.kind, language }) };
  }

  @Get('choose')
  async choose(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    return this.choosing(request, language, formOf({}), 200);
  }

  @Post('choose')
  async chosen(
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const form = parseForm(ChoiceForm, body);
    if (!form.ok) return this.choosing(request, language, form.form, 422);
    return this.orHome(request, language, async () => {
      await this.choice.run({ actor, calendarId: form.value.calendar });
      flash(request, { kind: 'success', key: 'google.result.connected' });
      return this.home(language);
    });
  }

  @Post('disconnect')
  async end(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    await this.disconnect.run({ actor, purpose });
    flash(request, { kind: 'success', key: 'google.done.disconnected' });
    return this.home(language);
  }

  /** A visit that the person deleted in their calendar, and wants there after all. */
  @Post('put-back')
  async back(@Body() body: unknown, @LanguageOf() language: Language, @Req() request: WebRequest): Promise<SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const form = parseForm(EntryForm, body);
    if (!form.ok) throw new Refusal('invalid');
    await this.putBack.run({ actor, entryId: form.value.entry });
    flash(request, { kind: 'success', key: 'google.done.put-back' });
    return this.home(language);
  }

  /** What is still in a calendar of theirs: they saw to it themselves. */
  @Post('forget-left')
  async forgetLeft(
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const form = parseForm(LeftForm, body);
    if (!form.ok) throw new Refusal('invalid');
    await this.leftBehind.forget(actor, form.value.left);
    return this.home(language);
  }

  private choosing(
    request: WebRequest,
    language: Language,
    form: FormState,
    status: number,
  ): Promise<string | SeeOther> {
    return this.orHome(request, language, async () => {
      const calendars = await this.choice.among(await request.actor());
      return this.pages.render(
        'booking/my-calendar-choose',
        { form, calendars: calendars.map(({ id, title }) => ({ value: id, label: title })), first: calendars[0]?.id },
        { request, title: translate(language, 'google.choose.title'), status },
      );
    });
  }

  /** There is nothing to choose, or Google does not answer now: the page says how it stands. */
  private async orHome<Answer>(
    request: WebRequest,
    language: Language,
    work: () => Promise<Answer>,
  ): Promise<Answer | SeeOther> {
    try {
      return await work();
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || !['busy', 'wrong-state', 'state-changed', 'not-found'].includes(thrown.code))
        throw thrown;
      if (thrown.code === 'busy') flash(request, { kind: 'error', key: 'google.choose.unreachable' });
      return this.home(language);
    }
  }

  private readonly home = (language: Language): SeeOther => seeOther(pathTo(language, '/my-calendar'));
}
