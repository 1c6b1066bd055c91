import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { requestOf } from '#libs/appointments';
import { CLOCK, type Clock, Refusal, translate } from '#libs/platform';
import { AnswerEntry, endedReasons, staffChannels, WaitingEntries, WithdrawEntry } from '#libs/waiting-list';
import { flash, formOf, IdPipe, Pages, parseForm, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { AnswerForm, WithdrawForm } from './waiting.form.js';
import { entryCardModel } from './waiting.view.js';

/** One registered wish: who, for what, since when; booked, answered or withdrawn from here. */
@Controller(':language/waiting/:id')
export class EntryController {
  constructor(
    private readonly pages: Pages,
    private readonly entries: WaitingEntries,
    private readonly answerEntry: AnswerEntry,
    private readonly withdrawEntry: WithdrawEntry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const { language } = request;
    const card = await this.entries.find(staff, id);
    const model = {
      entry: entryCardModel(card, this.clock.now(), language),
      self: pathTo(language, '/waiting/', id),
      form: formOf({ version: card.version, toldBy: card.channel === 'email' ? 'email' : 'phone' }),
      reasons: endedReasons.map((value) => ({ value, label: translate(language, `waiting.reasons.${value}`) })),
      ways: staffChannels.map((value) => ({ value, label: translate(language, `waiting.told-by.${value}`) })),
    };
    const title = translate(language, 'waiting.entry.title');
    const [styles, scripts] = [['staff.css', 'waiting.css'], ['shortcuts.js']];
    return this.pages.render('clinic/waiting-entry', model, { request, title, styles, scripts });
  }

  @Post('answer')
  async answer(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    const parsed = parseForm(AnswerForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { version, toldBy, idempotencyKey } = parsed.value;
    const asked = { id, version, toldBy };
    await this.answerEntry.run({
      actor,
      ...asked,
      request: requestOf(actor, 'POST waiting/answer', idempotencyKey, asked),
    });
    flash(request, { kind: 'success', key: 'waiting.entry.answered-done' });
    return seeOther(pathTo(request.language, '/waiting/', id));
  }

  @Post('withdraw')
  async withdraw(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    const parsed = parseForm(WithdrawForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { version, reason, idempotencyKey } = parsed.value;
    const asked = { id, version, reason };
    await this.withdrawEntry.run({
      actor,
      ...asked,
      request: requestOf(actor, 'POST waiting/withdraw', idempotencyKey, asked),
    });
    flash(request, { kind: 'success', key: 'waiting.entry.withdrawn-done' });
    return seeOther(pathTo(request.language, '/waiting'));
  }
}
