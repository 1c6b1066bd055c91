import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, environment, Turns } from '#libs/platform';
import { BulkGuard } from './bulk-guard.js';
import type { NewNotice } from './ledger.js';
import { writeInvitation } from './invitation/invitation.js';
import { renderLetter } from './letters/letter-templates.js';
import { stepLetter } from './letters/step-letter.js';
import { invitationFor, type Visit } from './letters/visit.js';
import { visitOf } from './letters/visit-of.js';
import { Notices } from './notices.js';
import { letterOfStep, type StepLetter } from './queries/letter-of-step.js';
import { lettersBefore } from './queries/letters-before.js';
import { othersOfSeries } from './queries/others-of-series.js';
import { stepsToTell, type StepToTell } from './queries/steps-to-tell.js';
import { hasInvitation, letterKindOf, methodOf } from './rules/letter-kind.js';
import type { LetterKind } from './rules/notice-kinds.js';
import { stampsOf } from './rules/stamps.js';
import { StepTexts } from './texts/step-texts.js';
import { mailFromOf } from './transports/mail-from.js';
import { lettersOf } from './words/letters-of.js';

/** A letter waits for its turn a little longer than the one before it may take. */
const waitSeconds = 45;

/** A step that is being told of, with all that its messages are made of. */
interface Telling {
  eventId: string;
  version: number;
  told: StepLetter;
  notice: NewNotice & { kind: LetterKind };
}

/** Tells the patient of every step of an appointment that they have not been told of, in order (promise 6). */
@Injectable()
export class DeliverNotices {
  constructor(
    private readonly database: Database,
    private readonly notices: Notices,
    private readonly guard: BulkGuard,
    private readonly turns: Turns,
    private readonly stepTexts: StepTexts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Safe to repeat and to run twice at once: the letters of one appointment are sent one after another, and each step has
   * one notice. A letter that cannot be delivered stops the later ones only until its tries end.
   * @param eventId the step whose job this is
   * @param isLastTry the job will not come again: what does not leave up to this step is filed as failed
   * @throws DeliveryFailure when a letter did not leave and is to be tried again
   */
  async run({
    appointmentId,
    eventId,
    isLastTry,
  }: {
    appointmentId: string;
    eventId: string;
    isLastTry: boolean;
  }): Promise<void> {
    const turn = await this.turns.take(`notices:${appointmentId}`, waitSeconds, async () => {
      const steps = await stepsToTell(this.database, { appointmentId, eventId });
      const stamps = stampsOf(steps.map((step) => step.at));
      const last = steps.find((step) => step.id === eventId)?.version ?? 0;
      const toTell: (Telling & { stamp: Temporal.Instant })[] = [];
      let bulkId: string | null = null;
      for (const [index, step] of steps.entries()) {
        const stamp = stamps[index];
        bulkId = step.bulkId ?? bulkId;
        if (step.isTold || !stamp) continue;
        if (step.isHeld && step.id !== eventId) break;
        const telling = await this.begin(step);
        bulkId = await this.guard.holds(step.id, telling.notice, bulkId);
        if (bulkId === null) toTell.push({ ...telling, stamp });
      }
      // Portal and phone first: no mail server that is away keeps a cancellation from them.
      for (const telling of toTell) await this.besides(telling);
      for (const telling of toTell) {
        // A later step has its own job, with its own tries.
        if (telling.version > last && isLastTry) return;
        await this.mail(telling, telling.stamp, isLastTry);
      }
    });
    if (!turn.isTaken) throw new Error('another worker is telling of this appointment');
  }

  private async begin({ id: eventId, version }: StepToTell): Promise<Telling> {
    const told = await letterOfStep(this.database, eventId);
    if (!told) throw new Error('a step without an appointment');
    const { id: appointmentId, clinic, language } = told.view;
    const subject = { eventId, clinicId: clinic.id, appointmentId };
    return { eventId, version, told, notice: { subject, kind: letterKindOf(told), language } };
  }

  private async besides({ eventId, told, notice }: Telling): Promise<void> {
    const { accountId, contactEmail } = told.view;
    // Whoever proves the address later reads of the visit in the portal, too.
    if (accountId !== null || contactEmail !== null) await this.notices.keep(notice);
    await this.stepTexts.run(eventId, told);
  }

  private async mail(telling: Telling, stamp: Temporal.Instant, isLastTry: boolean): Promise<void> {
    const { told, notice } = telling;
    const { contactEmail } = told.view;
    if (contactEmail === null || !told.isProven)
      return this.notices.drop(notice, contactEmail === null ? 'no-address' : 'address-unproven');
    await this.notices.send(notice, contactEmail, () => this.write(telling, stamp, contactEmail), isLastTry);
  }

  private async write({ eventId, told, notice: { kind } }: Telling, stamp: Temporal.Instant, contactEmail: string) {
    const { view } = told;
    const { language } = view;
    const others = kind === 'booked' ? await othersOfSeries(this.database, eventId) : [];
    const words = await lettersOf(this.database, {
      clinicId: view.clinic.id,
      branchId: view.branch.id,
      serviceId: view.service.id,
      language,
    });
    const { visit, letter } = stepLetter(told, {
      stamp,
      now: this.clock.now(),
      others: others.map(({ start }) => start),
      words,
    });
    const method = methodOf(visit.status);
    const organizer = mailFromOf(environment().mailFrom);
    const inviteTo = (each: Visit): string => writeInvitation(invitationFor(each, method, organizer, contactEmail));
    const content = inviteTo(visit);
    return {
      subject: letter.subject,
      ...renderLetter('appointment', language, letter),
      references: await lettersBefore(this.database, eventId),
      ...(hasInvitation(kind) && { invitation: { method, content } }),
      furtherInvitations: others.map((other) => inviteTo(visitOf(other, stamp))),
    };
  }
}
