import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { mayDo, type StaffActor } from '#libs/access';
import { UpcomingVisits } from '#libs/appointments';
import { CalendarsOfClinic, type ClinicClosure, CloseTime, ClosuresOfClinic, ReopenTime } from '#libs/calendars';
import { holidaysOf } from '#libs/holidays';
import {
  CLOCK,
  type Clock,
  formatDate,
  formatDateTime,
  formatPlainDate,
  type Language,
  Refusal,
  translate,
} from '#libs/platform';
import { dayBounds, instantAt, type Interval, localDate, localTime } from '#libs/time';
import {
  flash,
  formOf,
  type FormState,
  Pages,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  withError,
  type WebRequest,
} from '#libs/web';
import { holidayName, outsideVisits } from '../hours/hours.view.js';
import { StaffOf } from '../staff-of.decorator.js';
import { ClosureForm } from './closure.form.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Times when nobody, a branch or one practitioner can be booked; public holidays are there already. */
@Controller(':language/closures')
export class ClosuresController {
  constructor(
    private readonly pages: Pages,
    private readonly calendars: CalendarsOfClinic,
    private readonly closures: ClosuresOfClinic,
    private readonly visits: UpcomingVisits,
    private readonly close: CloseTime,
    private readonly reopen: ReopenTime,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  show(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.page(staff, request);
  }

  @Post()
  async add(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(ClosureForm, body);
    if (!parsed.ok) return this.page(actor, request, parsed.form);
    const { scope, reason } = parsed.value;
    const [kind = '', id = ''] = scope.split(':');
    const zone = await this.zoneOf(actor, kind, id);
    const during = intervalOf(parsed.value, zone);
    if ('field' in during) return this.page(actor, request, withError(parsed.form, during.field, during.code));
    if (Temporal.Instant.compare(during.end, this.clock.now()) <= 0)
      return this.page(actor, request, withError(parsed.form, 'from', 'past'));
    await this.close.run({
      actor,
      scope: {
        clinicId: actor.clinicId,
        branchId: kind === 'branch' ? id : null,
        resourceId: kind === 'resource' ? id : null,
      },
      times: [during],
      reason: reason ?? null,
    });
    flash(request, { kind: 'success', key: 'clinic.closures.added' });
    return seeOther(pathTo(request.language, '/closures'));
  }

  @Post(':id/reopen')
  async takeBack(@Param('id') id: string, @StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    if (!uuid.test(id)) throw new Refusal('not-found');
    await this.reopen.run({ actor, closureId: id });
    flash(request, { kind: 'success', key: 'clinic.closures.reopened' });
    return seeOther(pathTo(request.language, '/closures'));
  }

  private async zoneOf(staff: StaffActor, kind: string, id: string): Promise<string> {
    const branches = await this.calendars.branches(staff.clinicId);
    return (branches.find((branch) => kind === 'branch' && branch.id === id) ?? branches[0])?.zone ?? 'Europe/Riga';
  }

  private async page(staff: StaffActor, request: WebRequest, sent?: FormState): Promise<string> {
    const { language } = request;
    const [branches, calendars, closures, orphaned] = await Promise.all([
      this.calendars.branches(staff.clinicId),
      this.calendars.run(staff.clinicId),
      this.closures.run(staff, staff.clinicId),
      this.visits.orphaned(staff, staff.clinicId),
    ]);
    const today = localDate(this.clock.now(), branches[0]?.zone ?? 'Europe/Riga');
    const country = branches[0]?.country ?? 'LV';
    const isDesk = mayDo(staff, 'closures.edit');
    const mayClose = (practitionerId: string | null): boolean => mayDo(staff, 'closures.edit', { practitionerId });
    const people = [...new Map(calendars.map((calendar) => [calendar.resourceId, calendar])).values()];
    const scopes = [
      ...(isDesk ? [{ value: 'clinic', label: translate(language, 'clinic.closures.whole-clinic') }] : []),
      ...(isDesk ? branches.map(({ id, name }) => ({ value: `branch:${id}`, label: name })) : []),
      ...people
        .filter((each) => mayClose(each.practitionerId))
        .map(({ resourceId, name }) => ({ value: `resource:${resourceId}`, label: name })),
    ];
    const model = {
      scopes,
      mayAdd: scopes.length > 0,
      form: sent ?? formOf({ from: today.toString(), allDay: true }),
      closures: closures.map((closure) => ({
        ...closureLine(closure, language),
        mayReopen: closure.practitionerId === null ? isDesk : mayClose(closure.practitionerId),
        action: pathTo(language, `/closures/${closure.id}/reopen`),
      })),
      holidays: comingHolidays(country, today, language),
      outside: outsideVisits(orphaned, language, pathTo(language, '/closures')),
    };
    return this.pages.render('clinic/closures', model, {
      request,
      title: translate(language, 'clinic.closures.title'),
      status: sent ? 422 : 200,
      styles: ['staff.css'],
      scripts: ['shortcuts.js'],
    });
  }
}

/** The closed time of the branch's clock, or which field is wrong. */
function intervalOf(form: ClosureForm, zone: string): Interval | { field: string; code: string } {
  const first = Temporal.PlainDate.from(form.from);
  const last = form.to ? Temporal.PlainDate.from(form.to) : first;
  if (Temporal.PlainDate.compare(last, first) < 0) return { field: 'to', code: 'order' };
  if (form.allDay) return { start: dayBounds(first, zone).start, end: dayBounds(last, zone).end };
  if (!form.starts) return { field: 'starts', code: 'required' };
  if (!form.ends) return { field: 'ends', code: 'required' };
  const during = { start: instantAt(first, form.starts, zone), end: instantAt(last, form.ends, zone) };
  return Temporal.Instant.compare(during.start, during.end) < 0 ? during : { field: 'ends', code: 'order' };
}

/** Whole days are named by their dates, parts of days by their hours. */
function closureLine(
  { start, end, zone, branch, resource, reason, createdBy }: ClinicClosure,
  language: Language,
): object {
  const isWhole = localTime(start, zone) === '00:00' && localTime(end, zone) === '00:00';
  const first = localDate(start, zone);
  const last = localDate(end.subtract({ seconds: 1 }), zone);
  const days = first.equals(last)
    ? formatPlainDate(language, first, 'full')
    : `${formatPlainDate(language, first, 'long')} – ${formatPlainDate(language, last, 'long')}`;
  const hours = `${formatDateTime(language, start, zone, 'weekday')} – ${first.equals(last) ? localTime(end, zone) : formatDateTime(language, end, zone, 'weekday')}`;
  return {
    when: isWhole ? days : hours,
    who: resource ?? branch ?? translate(language, 'clinic.closures.whole-clinic'),
    reason: reason ?? '',
    createdBy,
    since: formatDate(language, start, zone, 'short'),
  };
}

/** Public holidays of the next year, which close every calendar by themselves. */
function comingHolidays(
  country: 'LV' | 'EE',
  today: Temporal.PlainDate,
  language: Language,
): { day: string; name: string }[] {
  const last = today.add({ years: 1 });
  return [today.year, last.year]
    .flatMap((year) => holidaysOf(country, year))
    .filter(({ kind }) => kind === 'holiday' || kind === 'substitute')
    .filter(({ date }) => Temporal.PlainDate.compare(date, today) >= 0 && Temporal.PlainDate.compare(date, last) < 0)
    .map(({ date }) => ({
      day: formatPlainDate(language, date, 'medium'),
      name: holidayName(country, date, language),
    }));
}
