import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Appointments, ChooseNotices } from '#libs/appointments';
import { NoteEntries } from '#libs/calendar-sync';
import { isMobile } from '#libs/people';
import { formatDateTime, type Language, Refusal, translate } from '#libs/platform';
import {
  flash,
  IdPipe,
  LanguageOf,
  Pages,
  parseForm,
  pathTo,
  seeOther,
  type SeeOther,
  type WebRequest,
} from '#libs/web';
import { askWho, isSignedIn } from '../my-appointments/signed-in.js';
import { ChoiceForm, choiceForm } from './choice.form.js';

/** How somebody wishes to be told of one visit: also of one that the clinic booked for them. */
@Controller(':language/appointments/:id/notices')
export class VisitNoticesController {
  constructor(
    private readonly pages: Pages,
    private readonly appointments: Appointments,
    private readonly choose: ChooseNotices,
    private readonly calendarEntries: NoteEntries,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const view = await this.appointments.find(actor, id);
    const { wishesSms: sms, mailReminders: mail, isStrict: strict, contactPhone } = view;
    const takesSms = contactPhone !== null && isMobile(contactPhone);
    const title = translate(language, 'reminders.choice.visit-title');
    return this.pages.render(
      'booking/visit-notices',
      {
        title,
        when: formatDateTime(language, view.start, view.timeZone, 'full'),
        path: pathTo(language, '/appointments/', id),
        form: choiceForm({ sms, mail, strict }),
        noSms: takesSms ? undefined : translate(language, `reminders.choice.${contactPhone ? 'landline' : 'no-phone'}`),
      },
      { request, title },
    );
  }

  @Post()
  async keep(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const parsed = parseForm(ChoiceForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    await this.choose.ofVisit(actor, id, parsed.value);
    await this.calendarEntries.run({ appointmentId: id });
    flash(request, { kind: 'success', key: 'reminders.choice.kept-visit' });
    return seeOther(pathTo(language, '/appointments/', id));
  }
}
