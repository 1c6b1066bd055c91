import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { type AbsenceFacts, Absences, OfferTimes, ReportAbsence, requestOf } from '#libs/appointments';
import { CalendarsOfClinic, type ClinicCalendar } from '#libs/calendars';
import { CLOCK, type Clock, formatDateTime, type Language, translate } from '#libs/platform';
import { dayBounds, instantAt, type Interval, later, localDate } from '#libs/time';
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
  withRefusal,
  type WebRequest,
} from '#libs/web';
import { mayCloseAll } from '../closures/may-close-all.js';
import { StaffOf } from '../staff-of.decorator.js';
import { closedWords } from './closed-words.js';
import { IllForm } from './ill.form.js';

/** For so long a request offers times to one patient after another; the worker does the rest. */
const patienceMs = 4_000;

/** "Doctor is ill": one step that closes the time and offers every patient two other times. */
@Controller(':language/ill')
export class IllController {
  constructor(
    private readonly pages: Pages,
    private readonly absences: Absences,
    private readonly calendars: CalendarsOfClinic,
    private readonly report: ReportAbsence,
    private readonly offerTimes: OfferTimes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  show(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.page(staff, request);
  }

  @Post()
  async send(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(IllForm, body);
    if (!parsed.ok) return this.page(actor, request, parsed.form);
    const { practitioner: practitionerId, answerDay, answerTime, idempotencyKey } = parsed.value;
    const calendar = (await this.calendars.run(actor.clinicId)).find((each) => each.resourceId === practitionerId);
    if (!calendar) return this.page(actor, request, withError(parsed.form, 'practitioner', 'choice'));
    const { zone } = calendar.branch;
    const now = this.clock.now();
    const during = closedTime(parsed.value, zone, now);
    if ('field' in during) return this.page(actor, request, withError(parsed.form, during.field, during.code));
    const answerBy = instantAt(Temporal.PlainDate.from(answerDay), answerTime, zone);
    const asked = { practitionerId, first: during.first, end: during.end, answerBy };
    try {
      const { id, visits } = await this.report.run({
        actor,
        clinicId: actor.clinicId,
        practitionerId,
        during: { start: during.start, end: during.end },
        answerBy,
        request: requestOf(actor, 'POST ill', idempotencyKey, asked),
      });
      await this.offerSome(id);
      if (visits === 0) flash(request, { kind: 'success', key: 'changes.ill.no-visits' });
      return seeOther(pathTo(request.language, '/ill/', id));
    } catch (thrown) {
      return this.page(actor, request, besideFields(withRefusal(parsed.form, thrown)));
    }
  }

  private async offerSome(absenceId: string): Promise<void> {
    const until = performance.now() + patienceMs;
    for (const id of await this.offerTimes.waiting(absenceId)) {
      if (performance.now() > until) return;
      await this.offerTimes.run({ id });
    }
  }

  private async page(staff: StaffActor, request: WebRequest, sent?: FormState): Promise<string> {
    const { language } = request;
    const [calendars, absences] = await Promise.all([
      this.calendars.run(staff.clinicId),
      this.absences.list(staff, staff.clinicId),
    ]);
    const people = practitionersOf(calendars, staff);
    const today = localDate(this.clock.now(), calendars[0]?.branch.zone ?? 'Europe/Riga');
    const say = (key: string): string => translate(language, `changes.ill.${key}`);
    const model = {
      people,
      form:
        sent ??
        formOf({
          practitioner: staff.practitionerId ?? people[0]?.value,
          when: 'today',
          first: today,
          last: today,
          answerDay: today.add({ days: 1 }),
          answerTime: '12:00',
        }),
      whens: (['today', 'tomorrow', 'days'] as const).map((value) => ({ value, label: say(`whens.${value}`) })),
      absences: absences.map((absence) => absenceLine(absence, language, this.clock.now())),
    };
    const title = say('title');
    return this.pages.render('clinic/ill', model, {
      request,
      title,
      status: sent ? 422 : 200,
      styles: ['staff.css', 'changes.css'],
    });
  }
}

/** Whose time this member of staff may close, each once. */
function practitionersOf(calendars: readonly ClinicCalendar[], staff: StaffActor): { value: string; label: string }[] {
  const people = new Map<string, string>();
  for (const { practitionerId, name } of calendars)
    if (practitionerId !== null && mayCloseAll(calendars, staff, practitionerId)) people.set(practitionerId, name);
  return [...people].map(([value, label]) => ({ value, label }));
}

/** The time that is closed, from now on where the first day has begun; or which field is wrong. */
function closedTime(
  { when, first, last }: IllForm,
  zone: string,
  now: Temporal.Instant,
): (Interval & { first: string }) | { field: string; code: string } {
  const today = localDate(now, zone);
  if (when === 'days' && first === undefined) return { field: 'first', code: 'required' };
  const from = when === 'days' && first !== undefined ? Temporal.PlainDate.from(first) : today;
  const to =
    when === 'today' ? today : when === 'tomorrow' ? today.add({ days: 1 }) : Temporal.PlainDate.from(last ?? from);
  if (Temporal.PlainDate.compare(to, from) < 0) return { field: 'last', code: 'changes.ill.order' };
  if (Temporal.PlainDate.compare(to, today) < 0) return { field: 'last', code: 'changes.ill.past' };
  const start = later(now, dayBounds(from, zone).start);
  return { start, end: dayBounds(to, zone).end, first: from.toString() };
}

/** A refused deadline is said beside its day. */
function besideFields(form: FormState): FormState {
  const { answerBy, ...errors } = form.errors;
  if (!answerBy) return form;
  const mistakes = form.mistakes.map((each) => (each.field === 'answerBy' ? { ...each, field: 'answerDay' } : each));
  return { ...form, errors: { ...errors, answerDay: answerBy }, mistakes };
}

function absenceLine(absence: AbsenceFacts, language: Language, now: Temporal.Instant): object {
  const { id, practitioner, zone, visits, open, answerBy, endedAt } = absence;
  const moment = (at: Temporal.Instant): string => formatDateTime(language, at, zone, 'weekday');
  const isOver = Temporal.Instant.compare(answerBy, now) <= 0;
  return {
    href: pathTo(language, '/ill/', id),
    practitioner,
    closed: closedWords(absence, language),
    line: translate(language, 'changes.ill.line', { n: visits, open }),
    answer: endedAt
      ? translate(language, 'changes.ill.page.ended', { at: moment(endedAt) })
      : isOver
        ? translate(language, 'changes.ill.page.over')
        : translate(language, 'changes.ill.page.answer-by', { at: moment(answerBy) }),
  };
}
