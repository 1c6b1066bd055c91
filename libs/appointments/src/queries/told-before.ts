import { Injectable } from '@nestjs/common';
import { AccessLog, type Actor, type Look, mayDo, orAttempted, requireStaff, type StaffActor } from '#libs/access';
import { Database, open, Refusal, type Words } from '#libs/platform';
import type { QuestionKind, SaidOfThemself } from '#libs/profiles';
import { openForm, openReferral } from '../referral.js';
import type { FormKind, ReferralForm } from '../referral-form.js';
import type { ReferralDetails } from '../rules/referral-details.js';
import type { AppointmentView } from './appointment-view.js';

/** An answer with the words in which it was asked. */
export interface ToldAnswer {
  words: Words;
  kind: QuestionKind;
  /** As it was given: `yes`, an option's id, a number, a text. */
  value: string;
  /** The words of a chosen option. */
  option: Words | null;
}

/** What was told before a visit. */
export interface ToldView {
  answers: ToldAnswer[];
  said: (Omit<SaidOfThemself, 'birthDate'> & { birthDate: string | null }) | null;
  referral: (ReferralDetails & { hasForm: boolean; isActive: boolean }) | null;
}

interface Sealed {
  answers: ToldAnswer[];
  said: ToldView['said'];
}

const recordOf = ({ practitioner, branch }: AppointmentView): { practitionerId: string; branchId: string } => ({
  practitionerId: practitioner.id,
  branchId: branch.id,
});

const mayRead = (actor: Actor, view: AppointmentView): boolean =>
  actor.kind === 'staff'
    ? mayDo(actor, 'reasons.read', recordOf(view))
    : actor.kind === 'guest' || actor.kind === 'patient';

const lookOf = (actor: StaffActor, view: AppointmentView, action: string): Look => ({
  actor,
  patientId: view.patient.id,
  appointmentId: view.id,
  action,
  purpose: 'treatment',
});

/** What was told before a visit, for the patient's own people and for staff who may read reasons; their looks are written. */
@Injectable()
export class ToldBeforeVisit {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
  ) {}

  /** @param view of an appointment that the actor was found to be allowed to see; null: nothing, or not for them */
  async of(actor: Actor, view: AppointmentView): Promise<ToldView | null> {
    if (!mayRead(actor, view)) return null;
    const [row] = await this.database.read<{
      told: Buffer | null;
      details: Buffer | null;
      kind: FormKind | null;
      active: boolean | null;
    }>(
      `select a.answers_sealed as told, r.details_sealed as details, r.form_kind as kind, r.active
         from appointment a left join referral r on r.appointment_id = a.id
        where a.id = $1`,
      [view.id],
    );
    if (!row || (row.told === null && row.details === null)) return null;
    if (actor.kind === 'staff') await this.accessLog.looked(null, lookOf(actor, view, 'told-before-visit'));
    const told = row.told && (JSON.parse(open(row.told)) as Sealed);
    return {
      answers: told?.answers ?? [],
      said: told?.said ?? null,
      referral: row.details && {
        ...openReferral(row.details),
        hasForm: row.kind !== null,
        isActive: row.active === true,
      },
    };
  }

  /**
   * The uploaded form, for staff who may read reasons.
   * @throws Refusal `not-found` also where there is none, `not-allowed`
   */
  async formOf(actor: Actor, view: AppointmentView): Promise<ReferralForm> {
    const staff = this.reader(actor, view);
    const [row] = await this.database.read<{ kind: FormKind; form: Buffer }>(
      `select form_kind as kind, form_sealed as form from referral where appointment_id = $1 and form_sealed is not null`,
      [view.id],
    );
    if (!row) throw new Refusal('not-found');
    await this.accessLog.looked(null, lookOf(staff, view, 'referral-form'));
    return openForm(row.kind, row.form);
  }

  private reader(actor: Actor, view: AppointmentView): StaffActor {
    const check = (): StaffActor => requireStaff(actor, view.clinic.id, 'reasons.read', recordOf(view));
    return actor.kind === 'staff' ? orAttempted(lookOf(actor, view, 'referral-form'), check) : check();
  }
}
