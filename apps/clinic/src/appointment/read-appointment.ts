import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, mayDo, type Permission, requireStaff, returnTo, type StaffActor } from '#libs/access';
import {
  Appointments,
  type AppointmentView,
  HistoryOfAppointment,
  PatientsOfClinic,
  ToldBeforeVisit,
  toldInWords,
  VisitsOfSeries,
} from '#libs/appointments';
import { AnswersOfClinic, lettersOfSteps, remindersOfVisit, toldOfSteps } from '#libs/notifications';
import type { PatientCard } from '#libs/people';
import { CLOCK, type Clock, Database, type Language, Refusal } from '#libs/platform';
import { localDate } from '#libs/time';
import { pathTo } from '#libs/web';
import { type AppointmentModel, appointmentModel } from './appointment.view.js';

/** What the pages of one appointment begin with. Showing the person is a look that the access log keeps (promise 10). */
@Injectable()
export class ReadAppointment {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly appointments: Appointments,
    private readonly history: HistoryOfAppointment,
    private readonly patients: PatientsOfClinic,
    private readonly toldBefore: ToldBeforeVisit,
    private readonly series: VisitsOfSeries,
    private readonly answers: AnswersOfClinic,
  ) {}

  /** @throws Refusal `not-found` for an id that is none, or another clinic's */
  find(staff: StaffActor, id: string): Promise<AppointmentView> {
    return this.appointments.find(staff, id);
  }

  /** As `find`; null where it is none, or not theirs to see. */
  async findIfTheirs(staff: StaffActor, id: string): Promise<AppointmentView | null> {
    try {
      return await this.find(staff, id);
    } catch (thrown) {
      if (thrown instanceof Refusal && (thrown.code === 'not-found' || thrown.code === 'not-allowed')) return null;
      throw thrown;
    }
  }

  /** The appointment for a page that asks what to do with it. @throws Refusal as `find`; `not-allowed` to do it */
  async toDo(staff: StaffActor, id: string, permission: Permission): Promise<AppointmentView> {
    const view = await this.find(staff, id);
    const record = { practitionerId: view.practitioner.id, branchId: view.branch.id };
    requireStaff(staff, view.clinic.id, permission, record);
    return view;
  }

  /** The whole page's model. */
  async model(
    staff: StaffActor,
    view: AppointmentView,
    options: { language: Language; returnTo: unknown; purpose: string },
  ): Promise<AppointmentModel> {
    const { language } = options;
    const [card, history, told, seriesId, answer, reminders] = await Promise.all([
      this.card(staff, view, options.purpose),
      this.history.run(staff, view.id),
      this.toldBefore.of(staff, view),
      this.series.of(staff, view.id),
      this.answers.ofVisit(view.id),
      remindersOfVisit(this.database, view.id),
    ]);
    const steps = history.map((line) => line.id);
    const [letters, everything] = await Promise.all([
      lettersOfSteps(this.database, steps),
      toldOfSteps(this.database, steps),
    ]);
    return appointmentModel(view, card, history, {
      staff,
      letters,
      everything,
      now: this.clock.now(),
      reason: this.appointments.reasonFor(staff, view),
      told: told && toldInWords(language, told),
      language,
      returnTo: this.returnTo(view, options.returnTo, language),
      seriesId,
      answer,
      reminders,
    });
  }

  /** The whole card; of another practitioner's patient only that there is a visit, which is a look too (faults.md F4). */
  private async card(staff: StaffActor, view: AppointmentView, purpose: string): Promise<PatientCard | null> {
    const look = { purpose, appointmentId: view.id };
    const record = { practitionerId: view.practitioner.id, branchId: view.branch.id };
    if (mayDo(staff, 'patients.read', record)) return this.patients.card(staff, view.patient.id, look);
    await this.accessLog.looked(null, { actor: staff, patientId: view.patient.id, action: 'visit-time', ...look });
    return null;
  }

  /** Where an action leads back to: the page it was opened from, else the visit's day. */
  returnTo(view: AppointmentView, wanted: unknown, language: Language): string {
    const day = localDate(view.start, view.timeZone).toString();
    const home = pathTo(language, `/calendar?branch=${view.branch.id}&day=${day}`);
    return returnTo(typeof wanted === 'string' ? wanted : undefined, home);
  }
}
