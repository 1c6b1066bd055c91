import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { KeepSmsSettings, SmsOfClinic } from '#libs/notifications';
import { translate } from '#libs/platform';
import {
  flash,
  formOf,
  type FormState,
  Pages,
  parseForm,
  parseQuery,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withRefusal,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { lettersTabs } from './letters-tabs.js';
import { SmsForm, SmsLookQuery } from './sms.form.js';
import { failureRow, lookModel, usageModel } from './sms.view.js';

const path = '/letters/sms';

/** The clinic's short messages: who they are from, what they cost this month, how they read, and which did not arrive. */
@Controller(`:language${path}`)
export class SmsController {
  constructor(
    private readonly pages: Pages,
    private readonly sms: SmsOfClinic,
    private readonly keep: KeepSmsSettings,
  ) {}

  @Get()
  show(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.page(staff, request, query);
  }

  @Post()
  async save(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(SmsForm, body);
    if (!parsed.ok) return this.page(actor, request, {}, parsed.form);
    const { sender = null, monthlyCap, plainLetters } = parsed.value;
    try {
      await this.keep.run({ actor, settings: { sender, monthlyCap, plainLetters } });
    } catch (thrown) {
      return this.page(actor, request, {}, withRefusal(parsed.form, thrown));
    }
    flash(request, { kind: 'success', key: 'sms.page.saved' });
    return seeOther(pathTo(request.language, path));
  }

  private async page(staff: StaffActor, request: WebRequest, query: unknown, sent?: FormState): Promise<string> {
    const { language } = request;
    const answer = await this.sms.find(staff);
    const asked = parseQuery(SmsLookQuery, query);
    const { kind = 'cancelled-by-clinic', in: letter = language } = asked.ok ? asked.value : {};
    const { sender, monthlyCap, plainLetters } = answer.settings;
    const look = await this.sms.preview(staff, { kind, language: letter, isPlain: plainLetters });
    const say = (key: string): string => translate(language, `sms.page.${key}`);
    const model = {
      tabs: lettersTabs('sms', language),
      isOn: answer.isOn,
      usage: usageModel(answer, language),
      isAnswered: answer.isAnswered,
      form: sent ?? formOf({ sender, monthlyCap, plainLetters }),
      labels: { sender: say('sender'), monthlyCap: say('cap') },
      look: lookModel(look, { kind, letter, language, sender, self: pathTo(language, path) }),
      failures: answer.failures.map((failure) => failureRow(failure, language)),
      self: pathTo(language, path),
    };
    return this.pages.render('clinic/letters-sms', model, {
      request,
      title: say('title'),
      status: sent ? 422 : 200,
      styles: ['staff.css', 'letters.css', 'sms.css'],
    });
  }
}
