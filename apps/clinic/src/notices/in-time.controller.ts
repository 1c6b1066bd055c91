import { Controller, Get, Req } from '@nestjs/common';
import { maySomewhere, type StaffActor } from '#libs/access';
import {
  type ChangeInTime,
  ChangesInTime,
  informedHows,
  type RequestInTime,
  RequestsInTime,
} from '#libs/notifications';
import { formatDateTime, type Language, translate } from '#libs/platform';
import { Pages, pathTo, type WebRequest } from '#libs/web';
import { panelPath } from '../appointment/panel-path.js';
import { StaffOf } from '../staff-of.decorator.js';
import { noticesTabs } from './notices-tabs.js';
import { NoticesWaiting } from './notices-waiting.js';
import { whatToTell } from './told.view.js';

/**
 * Whether requests in writing are answered within two working days (R4-09), and patients hear of what the clinic changes
 * within one (R3-21): what is due, and what was late.
 */
@Controller(':language/notices/in-time')
export class InTimeController {
  constructor(
    private readonly pages: Pages,
    private readonly waits: NoticesWaiting,
    private readonly changes: ChangesInTime,
    private readonly requests: RequestsInTime,
  ) {}

  @Get()
  async show(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const requests = await this.requests.run(staff, staff.clinicId);
    const { waiting, fine, breaches } = await this.changes.run(staff, staff.clinicId);
    const mayAnswer = maySomewhere(staff, 'appointments.decide');
    const model = {
      tabs: noticesTabs(staff, 'in-time', language, await this.waits.of(staff)),
      requests: requests.waiting.map((each) => ({ ...requestRow(each, language), mayAnswer })),
      requestsFine: requests.fine,
      isQuiet: waiting.length + requests.waiting.length === 0,
      waiting: waiting.map((change) => rowOf(change, language)),
      fine,
      breaches: breaches.map((change) => rowOf(change, language)),
      hows: informedHows.map((value) => ({ value, label: translate(language, `notices.how.${value}`) })),
      self: pathTo(language, '/notices/in-time'),
    };
    const title = translate(language, 'notices.in-time.title');
    return this.pages.render('clinic/notices-in-time', model, {
      request,
      title,
      styles: ['staff.css', 'desk.css', 'notices.css'],
    });
  }
}

function requestRow(request: RequestInTime, language: Language): object {
  const { appointmentId, zone, phone, due, at, state } = request;
  const when = (moment: Temporal.Instant): string => formatDateTime(language, moment, zone, 'weekday');
  return {
    patient: request.patient.name,
    href: panelPath(language, appointmentId, pathTo(language, '/notices/in-time')),
    phone,
    phoneLink: `tel:${phone ?? ''}`,
    what: whatToTell(request, language),
    where: [request.practitioner, request.branch].filter(Boolean).join(', '),
    isLate: state === 'late',
    term: translate(language, `notices.in-time.request-${state === 'late' ? 'late' : 'soon'}`, { at: when(due) }),
    asked: translate(language, 'notices.in-time.asked', { at: when(at) }),
  };
}

function rowOf(change: ChangeInTime, language: Language): object {
  const { appointmentId, eventId, zone, phone, due, at, toldAt, state } = change;
  const when = (moment: Temporal.Instant): string => formatDateTime(language, moment, zone, 'weekday');
  return {
    eventId,
    patient: change.patient.name,
    href: panelPath(language, appointmentId, pathTo(language, '/notices/in-time')),
    phone,
    phoneLink: `tel:${phone ?? ''}`,
    what: whatToTell(change, language),
    where: [change.practitioner, change.branch].filter(Boolean).join(', '),
    isLate: state === 'late',
    due: when(due),
    term: translate(language, `notices.in-time.${state === 'late' ? 'late' : 'soon'}`, { at: when(due) }),
    changed: translate(language, 'notices.in-time.changed', { at: when(at) }),
    told: toldAt ? when(toldAt) : '',
  };
}
