import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import { requireAccount } from '#libs/access';
import { ChooseNotices } from '#libs/appointments';
import { NoteEntries } from '#libs/calendar-sync';
import { type Language, Refusal, translate } from '#libs/platform';
import { flash, LanguageOf, Pages, parseForm, pathTo, seeOther, type SeeOther, type WebRequest } from '#libs/web';
import { askWho, isSignedIn } from '../my-appointments/signed-in.js';
import { ChoiceForm, choiceForm } from './choice.form.js';

/** How whoever is signed in wishes to be told of all visits, those that are coming already too. */
@Controller(':language/my-notices')
export class MyNoticesController {
  constructor(
    private readonly pages: Pages,
    private readonly choose: ChooseNotices,
    private readonly calendarEntries: NoteEntries,
  ) {}

  @Get()
  async show(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const form = choiceForm(await this.choose.current(actor));
    return this.pages.render(
      'booking/my-notices',
      { form },
      { request, title: translate(language, 'reminders.choice.title') },
    );
  }

  @Post()
  async keep(
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const parsed = parseForm(ChoiceForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    await this.choose.ofAccount(actor, parsed.value);
    await this.calendarEntries.ofAccount(requireAccount(actor).accountId);
    flash(request, { kind: 'success', key: 'reminders.choice.kept' });
    return seeOther(pathTo(language, '/my-notices'));
  }
}
