import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { KeepReminderSettings } from '#libs/notifications';
import { CLOCK, type Clock, Refusal, translate } from '#libs/platform';
import {
  flash,
  type FormState,
  Pages,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withError,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { lettersTabs } from './letters-tabs.js';
import { RemindersForm } from './reminders.form.js';
import { examples, formOfSettings, remindersModel, settingsOf } from './reminders.view.js';

/** Latvia and Estonia share their clock; each visit is reminded of by that of its own branch. */
const zone = 'Europe/Riga';

/** Beside which field stands what the verb found wrong, and how it is said. */
const beside: Readonly<Record<string, readonly [string, string]>> = {
  mail: ['mail.1.when', 'reminders.staff.twice'],
  sms: ['sms.1.when', 'reminders.staff.twice'],
  quietTo: ['quietTo', 'reminders.staff.quiet.too-long'],
};

/** When patients are reminded of their visits. */
@Controller(':language/letters/reminders')
export class RemindersController {
  constructor(
    private readonly pages: Pages,
    private readonly settings: KeepReminderSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  show(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.page(staff, request);
  }

  @Post()
  async keep(
    @Body() body: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(RemindersForm, body);
    if (!parsed.ok) return this.page(staff, request, parsed.form);
    try {
      await this.settings.run(staff, staff.clinicId, settingsOf(parsed.value));
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'invalid') throw error;
      const form = (error.details.errors ?? []).reduce((state, { path }) => {
        const [field, key] = beside[path] ?? [path, 'common.errors.choice'];
        return withError(state, field, key);
      }, parsed.form);
      return this.page(staff, request, form);
    }
    flash(request, { kind: 'success', key: 'reminders.staff.kept' });
    return seeOther(pathTo(request.language, '/letters/reminders'));
  }

  private async page(staff: StaffActor, request: WebRequest, typed?: FormState): Promise<string> {
    const { language } = request;
    const settings = await this.settings.of(staff, staff.clinicId);
    const title = translate(language, 'reminders.staff.title');
    const model = {
      ...remindersModel(typed ?? formOfSettings(settings), language),
      tabs: lettersTabs('reminders', language),
      examples: examples(settings, { now: this.clock.now(), zone, language }),
    };
    return this.pages.render('clinic/letters-reminders', model, {
      request,
      title,
      status: typed ? 422 : 200,
      styles: ['staff.css', 'letters.css'],
    });
  }
}
