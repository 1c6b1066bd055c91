import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CancelAppointment, PromiseToCome, requestOf } from '#libs/appointments';
import { CLOCK, type Clock, Database, environment, type Language, log, open } from '#libs/platform';
import { SuppressedAddresses } from '../suppressed-addresses.js';
import type { IncomingMeaning } from '../rules/incoming-words.js';
import { DeliveryFailure } from '../transports/outgoing-letter.js';
import { TEXT_TRANSPORT, type TextTransport } from '../transports/text-transport.js';
import { ChooseOffered } from './choose-offered.js';
import type { IncomingOutcome } from './incoming-text.entity.js';
import { isGranted } from './is-granted.js';
import { type LastTexted, lastTexted, type RemindedByText, remindedByText, visitAnswered } from './reminded-visits.js';
import { replyText } from './reply-text.js';
import { canAnswer, wordingFor } from './send-text.js';
import { smsSettingsOf } from './sms-settings-of.js';

interface Arrived {
  id: string;
  phoneIndex: Buffer;
  phoneSealed: Buffer;
  textSealed: Buffer;
  sentTo: string | null;
  meaning: IncomingMeaning;
  outcome: IncomingOutcome | null;
  appointmentId: string | null;
  /** Answers of ours to this number within a day. */
  replies: number;
}

/** What an answer led to, and the visit that it was about if that is certain. */
interface Done {
  outcome: IncomingOutcome;
  visit?: RemindedByText;
}

/** More answers of ours within a day to one number would be two machines talking. */
const mostReplies = 5;

/** So long answers are kept: a year, for whoever asks why a visit was cancelled. */
const keptDays = 365;

/** Reads what somebody answered, does what it certainly asks for, and says so. */
@Injectable()
export class ReadText {
  constructor(
    private readonly database: Database,
    private readonly cancel: CancelAppointment,
    private readonly promise: PromiseToCome,
    private readonly choose: ChooseOffered,
    private readonly suppressed: SuppressedAddresses,
    @Inject(TEXT_TRANSPORT) private readonly transport: TextTransport,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Safe to repeat. It acts only where nothing is to be guessed: a yes for the visits of one reminder, a cancellation for
   * exactly one visit that was reminded of and stands as it was told, one of the times that are offered for exactly one
   * visit. Everything else is for staff to read.
   * @throws DeliveryFailure when our own answer is to be tried again
   */
  async run({ incomingTextId, isLastTry }: { incomingTextId: string; isLastTry: boolean }): Promise<void> {
    const now = this.clock.now();
    const [arrived] = await this.database.read<Arrived>(
      `select i.id, i.phone_index as "phoneIndex", i.phone_sealed as "phoneSealed", i.text_sealed as "textSealed", i.sent_to as "sentTo", i.meaning, i.outcome,
              i.appointment_id as "appointmentId",
              (select count(*)::integer from sms_sent s join incoming_text o on o.id = s.incoming_text_id
                where o.phone_index = i.phone_index and s.at > $2::timestamptz - interval '1 day') as replies
         from incoming_text i where i.id = $1`,
      [incomingTextId, now.toString()],
    );
    if (!arrived) return;
    const phone = open(arrived.phoneSealed);
    const { reader } = this.database;
    const visits = await remindedByText(reader, { phone, index: arrived.phoneIndex, now });
    const last = await lastTexted(reader, { index: arrived.phoneIndex, sentTo: arrived.sentTo, now });
    const before = await this.doneBefore(arrived);
    const done =
      before ??
      (await this.choose.run({ ...arrived, phone }, { reminded: visits, now })) ??
      (await this.goOn(arrived, visits)) ??
      (await this.act(arrived, visits));
    if (!before) await this.keep(arrived.id, done, last);
    if (!last || arrived.replies >= mostReplies) return;
    const asks = done.outcome === 'not-understood' && (await this.choose.isAsked({ ...arrived, phone }, now));
    await this.reply({ arrived, phone, last, done, asks }, isLastTry);
  }

  /** Forgets what people answered long ago. */
  async forget(): Promise<void> {
    const before = this.clock.now().subtract({ hours: 24 * keptDays });
    await this.database.transaction((tx) =>
      tx.query(`delete from incoming_text where received_at < $1`, [before.toString()]),
    );
  }

  /** What was done by a try whose answer did not leave. */
  private async doneBefore({ outcome, appointmentId }: Arrived): Promise<Done | undefined> {
    if (outcome === null) return undefined;
    const visit = appointmentId === null ? undefined : await visitAnswered(this.database.reader, appointmentId);
    return { outcome, ...(visit && { visit }) };
  }

  /** A worker died that was about to cancel: it did, or somebody changed the visit, which is then no longer as it was told. */
  private async goOn({ id, appointmentId }: Arrived, visits: readonly RemindedByText[]): Promise<Done | undefined> {
    if (appointmentId === null || visits.some((each) => each.id === appointmentId)) return undefined;
    const visit = await visitAnswered(this.database.reader, appointmentId);
    // Not its version of now: only what was carried out already is found again.
    return visit && this.cancelOne(id, { ...visit, version: 0 });
  }

  private async act(arrived: Arrived, visits: readonly RemindedByText[]): Promise<Done> {
    const [only] = visits;
    switch (arrived.meaning) {
      case 'stop':
        await this.database.transaction((tx) => this.suppressed.add(tx, 'sms', arrived.phoneIndex, 'asked-to-stop'));
        return { outcome: 'stopped' };
      case 'start':
        await this.start(arrived.phoneIndex);
        return { outcome: 'started' };
      case 'call':
        return { outcome: 'call-asked', ...(visits.length === 1 && only && { visit: only }) };
      case 'unclear':
        return { outcome: 'not-understood', ...(visits.length === 1 && only && { visit: only }) };
      case 'come':
      case 'cancel': {
        if (!only) return { outcome: 'no-visit' };
        const isOne =
          arrived.meaning === 'come' ? new Set(visits.map((each) => each.reminderId)).size === 1 : visits.length === 1;
        if (!isOne) return { outcome: 'several-visits' };
        return arrived.meaning === 'come' ? this.promiseAll(visits, only) : this.cancelOnly(arrived.id, only);
      }
    }
  }

  private async promiseAll(visits: readonly RemindedByText[], first: RemindedByText): Promise<Done> {
    const isPromised = await isGranted(async () => {
      for (const { id, start } of visits) await this.promise.run({ actor: addressee(id), id, start });
    });
    return { outcome: isPromised ? 'confirmed' : 'refused', visit: first };
  }

  /** Which visit it is stands written before it is cancelled: afterwards nothing would lead there. */
  private async cancelOnly(id: string, visit: RemindedByText): Promise<Done> {
    await this.database.transaction((tx) =>
      tx.query(`update incoming_text set clinic_id = $2, appointment_id = $3 where id = $1`, [
        id,
        visit.clinicId,
        visit.id,
      ]),
    );
    return this.cancelOne(id, visit);
  }

  private async cancelOne(key: string, visit: RemindedByText): Promise<Done> {
    const actor = addressee(visit.id);
    const { id, version } = visit;
    const request = requestOf(actor, 'sms-answer', key, { id });
    const isCancelled = await isGranted(() =>
      this.cancel.run({ actor, id, version, reason: 'patient-asked', request }),
    );
    return { outcome: isCancelled ? 'cancelled' : 'refused', visit };
  }

  private async start(index: Buffer): Promise<void> {
    await this.database.transaction((tx) =>
      tx.query(
        `update suppressed_address set lifted_at = $2, lifted_why = 'proven'
          where channel = 'sms' and address_index = $1 and lifted_at is null and reason = 'asked-to-stop'`,
        [index, this.clock.now().toString()],
      ),
    );
  }

  private async keep(id: string, { outcome, visit }: Done, last: LastTexted | undefined): Promise<void> {
    await this.database.transaction((tx) =>
      tx.query(`update incoming_text set outcome = $2, clinic_id = $3, appointment_id = $4 where id = $1`, [
        id,
        outcome,
        visit?.clinicId ?? last?.clinicId ?? null,
        visit?.id ?? last?.appointmentId ?? null,
      ]),
    );
    log.info({ event: 'sms.answer-read', code: outcome });
  }

  private async reply(
    {
      arrived,
      phone,
      last,
      done,
      asks,
    }: { arrived: Arrived; phone: string; last: LastTexted; done: Done; asks: boolean },
    isLastTry: boolean,
  ): Promise<void> {
    const language: Language = done.visit?.language ?? last.language;
    const settings = await smsSettingsOf(this.database.reader, done.visit?.clinicId ?? last.clinicId);
    if (!environment().smsGateway || !canAnswer(settings.sender)) return;
    const reply = asks ? 'which-time' : done.outcome;
    const body = wordingFor([replyText(reply, language, done.visit)], settings.plainLetters);
    try {
      await this.transport.send({ to: phone, body, sender: settings.sender, id: arrived.id });
    } catch (thrown) {
      if (!(thrown instanceof DeliveryFailure)) throw thrown;
      if (!thrown.isFinal && !isLastTry) throw thrown;
      log.warn({ event: 'sms.reply-not-sent', code: thrown.reason });
    }
  }
}

const addressee = (appointmentId: string): Actor => ({ kind: 'addressee', appointmentId });
