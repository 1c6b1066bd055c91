import { Injectable } from '@nestjs/common';
import { type StaffActor, within } from '#libs/access';
import { daysOfSeries, PatientsOfClinic, SeriesCheck } from '#libs/appointments';
import { CalendarsOfClinic, type ClinicCalendar } from '#libs/calendars';
import type { PatientCard } from '#libs/people';
import { formatPlainDate, type Language, Refusal, translate } from '#libs/platform';
import { instantAt, parseDate } from '#libs/time';
import { type FormState, Pages, type WebRequest } from '#libs/web';
import { allOffers, personModel } from '../book/book.view.js';
import type { PlanForm } from './series.form.js';
import { dateModels } from './series.view.js';

const styles = ['staff.css', 'series.css'];

/** What was planned, as instants of the branch's clock. */
export interface Plan {
  calendar: ClinicCalendar;
  serviceId: string;
  starts: Temporal.Instant[];
}

/** Any Monday: only its weekday is read. */
const monday = Temporal.PlainDate.from('2026-01-05');

/** The pages on which a series is planned: the form, and the list of its dates. */
@Injectable()
export class PlanPage {
  constructor(
    private readonly pages: Pages,
    private readonly patients: PatientsOfClinic,
    private readonly calendars: CalendarsOfClinic,
    private readonly check: SeriesCheck,
  ) {}

  card(staff: StaffActor, patientId: string): Promise<PatientCard> {
    return this.patients.card(staff, patientId, { purpose: 'booking' });
  }

  /** @throws Refusal `not-found` for a calendar that is not the clinic's */
  async planOf(staff: StaffActor, form: PlanForm): Promise<Plan> {
    const [calendarId = '', serviceId = ''] = form.offer.split('|');
    const calendar = (await this.calendars.run(staff.clinicId, within(staff, 'appointments.book'))).find(
      ({ id }) => id === calendarId,
    );
    const first = parseDate(form.first);
    if (!calendar || first === null) throw new Refusal('not-found');
    const days = daysOfSeries({
      first,
      unit: form.unit,
      every: form.every,
      weekdays: (form.weekdays ?? []).map(Number),
      count: form.count,
    });
    return { calendar, serviceId, starts: days.map((day) => instantAt(day, form.time, calendar.branch.zone)) };
  }

  async form(request: WebRequest, staff: StaffActor, form: FormState, patientId: string): Promise<string> {
    const { language } = request;
    const [card, calendars] = await Promise.all([
      this.card(staff, patientId),
      this.calendars.run(staff.clinicId, within(staff, 'appointments.book')),
    ]);
    const chosen = [form.values['weekdays'] ?? []].flat().flatMap((each) => each.split(','));
    const title = translate(language, 'together.series.title');
    return this.pages.render(
      'clinic/series-plan',
      {
        title,
        person: personModel(card, language),
        patientId,
        form,
        offers: allOffers(calendars, language),
        units: ['weeks', 'days'].map((value) => ({
          value,
          label: translate(language, `together.series.unit.${value}`),
        })),
        weekdays: [1, 2, 3, 4, 5, 6, 7].map((n) => ({
          value: String(n),
          label: formatPlainDate(language, monday.add({ days: n - 1 }), 'full').split(/[,\s]/)[0] ?? '',
          isChosen: chosen.includes(String(n)),
        })),
      },
      { request, title, styles, status: form.mistakes.length > 0 ? 422 : 200 },
    );
  }

  /**
   * Every date with what can be booked then.
   * @param options `starts` as they were chosen, one for each planned date; `changed` those that are gone since
   */
  async list(
    request: WebRequest,
    staff: StaffActor,
    { value, form }: { value: PlanForm; form: FormState },
    options: {
      starts?: readonly Temporal.Instant[];
      skipped?: ReadonlySet<number>;
      changed?: ReadonlySet<number>;
      problem?: string;
      mayAcknowledge?: boolean;
    } = {},
  ): Promise<string> {
    const { language } = request;
    const plan = await this.planOf(staff, value);
    const card = await this.card(staff, value.patientId);
    const { skipped = new Set<number>(), changed = new Set<number>() } = options;
    const { terms, dates } = await this.check.run(staff, {
      calendarId: plan.calendar.id,
      serviceId: plan.serviceId,
      patientId: value.patientId,
      starts: options.starts ?? plan.starts,
    });
    const free = dates.filter(({ why }) => why === null).length;
    const title = translate(language, 'together.series.check');
    const { idempotencyKey: _, ...values } = form.values;
    return this.pages.render(
      'clinic/series-dates',
      {
        title,
        person: personModel(card, language),
        summary: translate(language, 'together.series.summary', { free, all: dates.length }),
        isWhole: free === dates.length,
        what: this.what(language, plan),
        zone: terms.zone,
        payer: terms.payer,
        priceCents: terms.priceCents,
        dates: dateModels(language, dates, { zone: terms.zone, skipped, changed }),
        hidden: {
          patientId: value.patientId,
          offer: value.offer,
          first: value.first,
          time: value.time,
          every: String(value.every),
          unit: value.unit,
          count: String(value.count),
          ...(value.weekdays?.length && { weekdays: value.weekdays.join(',') }),
        },
        form: {
          ...form,
          values: { origin: 'desk', phone: card.phone ?? '', email: card.email ?? '', ...values },
        },
        origins: ['desk', 'phone', 'email'].map((each) => ({
          value: each,
          label: translate(language, `common.origin.${each}`),
        })),
        problem: options.problem,
        mayAcknowledge: options.mayAcknowledge,
      },
      { request, title, styles, status: options.problem || form.mistakes.length > 0 ? 422 : 200 },
    );
  }

  private what(language: Language, { calendar, serviceId }: Plan): string {
    const offer = allOffers([calendar], language).find(({ value }) => value === `${calendar.id}|${serviceId}`);
    return offer?.label ?? calendar.name;
  }
}
