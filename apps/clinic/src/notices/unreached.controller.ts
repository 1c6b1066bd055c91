import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { returnTo, type StaffActor } from '#libs/access';
import { informedHows, MarkInformed, SendAgain, type UnreachedPatient, UnreachedPatients } from '#libs/notifications';
import { formatDateTime, type Language, Refusal, translate } from '#libs/platform';
import { flash, Pages, parseForm, parseQuery, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { AgainForm, InformedForm, UnreachedQuery } from './notices.form.js';
import { noticesTabs } from './notices-tabs.js';
import { NoticesWaiting } from './notices-waiting.js';
import { channelInWords, whatToTell, whyNotReached } from './told.view.js';

/** Whom neither letter nor message reached: staff call instead, and say so. */
@Controller(':language/notices')
export class UnreachedController {
  constructor(
    private readonly pages: Pages,
    private readonly waits: NoticesWaiting,
    private readonly unreached: UnreachedPatients,
    private readonly markInformed: MarkInformed,
    private readonly sendAgain: SendAgain,
  ) {}

  @Get()
  async show(@Query() query: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const parsed = parseQuery(UnreachedQuery, query);
    const { after, by } = parsed.ok ? parsed.value : {};
    const isByPatients = by === 'patients';
    const [{ items, total, next }, byPatients, waits] = await Promise.all([
      this.unreached.page(staff, staff.clinicId, isByPatients ? 'patient' : 'clinic', after),
      isByPatients ? 0 : this.unreached.count(staff, staff.clinicId, 'patient'),
      this.waits.of(staff),
    ]);
    const home = pathTo(language, '/notices');
    const self = isByPatients ? `${home}?by=patients` : home;
    const further = new URLSearchParams({ ...(by && { by }), after: next ?? '' });
    const model = {
      tabs: noticesTabs(staff, 'unreached', language, waits),
      rows: items.map((patient) => rowOf(patient, self, language)),
      total,
      isByPatients,
      home,
      self,
      byPatients,
      byPatientsHref: `${home}?by=patients`,
      hows: informedHows.map((value) => ({ value, label: translate(language, `notices.how.${value}`) })),
      nextHref: next === null ? undefined : `${home}?${further.toString()}`,
      previousHref: after === undefined ? undefined : self,
    };
    const title = translate(language, isByPatients ? 'notices.by-patients.title' : 'notices.unreached.title');
    return this.pages.render('clinic/notices', model, {
      request,
      title,
      styles: ['staff.css', 'desk.css', 'notices.css'],
    });
  }

  @Post('informed')
  async informed(@Body() body: unknown, @StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    const parsed = parseForm(InformedForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { eventId, how, returnTo: wanted } = parsed.value;
    await this.markInformed.run({ actor, eventId, how });
    flash(request, { kind: 'success', key: 'notices.unreached.marked' });
    return seeOther(returnTo(wanted, pathTo(request.language, '/notices')));
  }

  @Post('again')
  async again(@Body() body: unknown, @StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    const parsed = parseForm(AgainForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { noticeId, returnTo: wanted } = parsed.value;
    await this.sendAgain.run({ actor, noticeId });
    flash(request, { kind: 'success', key: 'notices.unreached.sent-again' });
    return seeOther(returnTo(wanted, pathTo(request.language, '/notices')));
  }
}

function rowOf(patient: UnreachedPatient, self: string, language: Language): object {
  const { appointmentId, eventId, noticeId, zone, since, attempts, tries, lastTryAt, phone } = patient;
  const when = (at: Temporal.Instant): string => formatDateTime(language, at, zone, 'short');
  const back = new URLSearchParams({ returnTo: self }).toString();
  return {
    eventId,
    noticeId,
    patient: patient.patient.name,
    href: `${pathTo(language, '/appointments/', appointmentId)}?${back}`,
    phone,
    phoneLink: `tel:${phone ?? ''}`,
    what: whatToTell(patient, language),
    where: [patient.practitioner, patient.branch].filter(Boolean).join(', '),
    isPast: patient.isPast,
    why: [
      `${channelInWords(patient, language)}: ${whyNotReached({ failure: patient.failure ?? 'other', id: noticeId }, language)}`,
      attempts > 1 ? translate(language, 'notices.unreached.attempts', { n: attempts }) : '',
      patient.answer ? translate(language, 'notices.message.answer', { answer: patient.answer }) : '',
    ]
      .filter(Boolean)
      .join(' · '),
    since: translate(language, 'notices.unreached.since', { at: when(since) }),
    tries: lastTryAt ? translate(language, 'notices.unreached.tries', { n: tries, at: when(lastTryAt) }) : '',
    // Without an address there is nothing to send it to.
    again:
      patient.failure === 'no-address'
        ? ''
        : translate(language, patient.isSuppressed ? 'notices.unreached.again-anyway' : 'notices.unreached.again'),
  };
}
