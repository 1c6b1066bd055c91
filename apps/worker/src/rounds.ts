import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ForgetEnded } from '#libs/access';
import {
  EndAbsence,
  ExpireAppointment,
  ForgetOldRequests,
  LapseOffers,
  OfferTimes,
  ResumeChanges,
} from '#libs/appointments';
import { DueReadings, ForgetConnections, NoteEntries, RetryEntries } from '#libs/calendar-sync';
import { ExtendHorizon, RedoSharedDays, RefreshStaleDays, SweepHolds } from '#libs/calendars';
import { ForgetImports } from '#libs/imports';
import { MakeReminders, ReadMailbox, ReadText, TakeIncomingMail, WatchLateness } from '#libs/notifications';
import { CLOCK, type Clock, describeError, log, Turns } from '#libs/platform';
import { isDue, type Pace } from './is-due.js';

interface Round {
  name: string;
  every: Pace;
  run(): Promise<unknown>;
}

/** How often the rounds look at the clock, in milliseconds. */
const lookEvery = 500;

/**
 * What happens by the clock. Every round is safe to repeat, and only one worker at a time goes it. What is done each
 * second or minute is not kept waiting by what goes through everything once an hour or a night.
 */
@Injectable()
export class Rounds implements BeforeApplicationShutdown, OnApplicationBootstrap {
  private readonly table: readonly Round[];
  private readonly last = new Map<string, Temporal.Instant>();
  private readonly timers = new Map<readonly Round[], NodeJS.Timeout>();
  private readonly underWay = new Map<readonly Round[], Promise<void>>();
  private isStopping = false;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly turns: Turns,
    sweepHolds: SweepHolds,
    refreshStaleDays: RefreshStaleDays,
    expireAppointment: ExpireAppointment,
    redoSharedDays: RedoSharedDays,
    extendHorizon: ExtendHorizon,
    forgetOldRequests: ForgetOldRequests,
    forgetEnded: ForgetEnded,
    forgetImports: ForgetImports,
    lapseOffers: LapseOffers,
    offerTimes: OfferTimes,
    endAbsence: EndAbsence,
    resumeChanges: ResumeChanges,
    makeReminders: MakeReminders,
    readMailbox: ReadMailbox,
    takeIncomingMail: TakeIncomingMail,
    readText: ReadText,
    noteEntries: NoteEntries,
    retryEntries: RetryEntries,
    forgetConnections: ForgetConnections,
    dueReadings: DueReadings,
    watchLateness: WatchLateness,
  ) {
    this.table = [
      { name: 'redo-shared-days', every: 'second', run: () => redoSharedDays.run() },
      { name: 'sweep-holds', every: 'minute', run: () => sweepHolds.run() },
      {
        name: 'expire-requests',
        every: 'minute',
        run: async () =>
          this.each('expire-requests', await expireAppointment.due(), (id) => expireAppointment.run({ id })),
      },
      { name: 'refresh-stale-days', every: 'minute', run: () => refreshStaleDays.run() },
      {
        name: 'lapse-offers',
        every: 'minute',
        run: async () => this.each('lapse-offers', await lapseOffers.due(), (id) => lapseOffers.run({ id })),
      },
      {
        name: 'offer-times',
        every: 'minute',
        run: async () => this.each('offer-times', await offerTimes.waiting(), (id) => offerTimes.run({ id })),
      },
      {
        name: 'reinstate-visits',
        every: 'minute',
        run: async () => {
          await endAbsence.noticeReopened();
          const due = await endAbsence.toReinstate();
          await this.each('reinstate-visits', due, (id) => endAbsence.reinstate({ appointmentId: id }));
        },
      },
      {
        name: 'resume-changes',
        every: 'minute',
        run: async () => {
          await this.each('resume-changes', await resumeChanges.due(), (id) => resumeChanges.run({ id }));
          await resumeChanges.noticeCovered();
        },
      },
      { name: 'watch-lateness', every: 'hour', run: () => watchLateness.run() },
      { name: 'read-busy-times', every: 'minute', run: () => dueReadings.run() },
      { name: 'retry-calendar-entries', every: 'minute', run: () => retryEntries.run() },
      { name: 'forget-calendar-connections', every: 'hour', run: () => forgetConnections.run() },
      { name: 'reconcile-calendar-entries', every: 'night', run: () => noteEntries.reconcile() },
      { name: 'read-mailbox', every: 'minute', run: async () => readMailbox.begin() },
      { name: 'forget-texts', every: 'hour', run: () => readText.forget() },
      { name: 'forget-incoming-mail', every: 'hour', run: () => takeIncomingMail.forget() },
      {
        name: 'remind',
        every: 'minute',
        run: async () => this.each('remind', await makeReminders.due(), (due) => makeReminders.make(due)),
      },
      {
        name: 'remind-of-queues',
        every: 'hour',
        run: async () =>
          this.each('remind-of-queues', await makeReminders.dueOfQueues(), (due) => makeReminders.make(due)),
      },
      { name: 'forget-old-changes', every: 'hour', run: () => resumeChanges.forget() },
      { name: 'forget-old-requests', every: 'hour', run: () => forgetOldRequests.run() },
      { name: 'forget-ended', every: 'hour', run: () => forgetEnded.run() },
      { name: 'forget-imports', every: 'hour', run: () => forgetImports.run() },
      { name: 'extend-horizon', every: 'night', run: () => extendHorizon.run() },
    ];
  }

  onApplicationBootstrap(): void {
    const isOften = ({ every }: Round): boolean => every === 'second' || every === 'minute';
    this.goOn(this.table.filter(isOften));
    this.goOn(this.table.filter((round) => !isOften(round)));
  }

  private goOn(rounds: readonly Round[]): void {
    const look = async (): Promise<void> => {
      await this.go(rounds);
      if (!this.isStopping) this.timers.set(rounds, setTimeout(begin, lookEvery));
    };
    const begin = (): void => {
      this.underWay.set(rounds, look());
    };
    begin();
  }

  /** Goes every round that is due. One that fails is logged and goes again at its next time; the others go on. */
  goAll(): Promise<void> {
    return this.go(this.table);
  }

  private async go(rounds: readonly Round[]): Promise<void> {
    for (const round of rounds) {
      const now = this.clock.now();
      if (this.isStopping || !isDue(round.every, this.last.get(round.name), now)) continue;
      this.last.set(round.name, now);
      try {
        await this.turns.take(`round:${round.name}`, 0, () => round.run());
      } catch (thrown) {
        log.error({ event: 'round.failed', job: round.name, ...describeError(thrown) });
      }
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.all(this.underWay.values());
  }

  /** One that cannot be done now must not keep the others waiting. */
  private async each<T>(job: string, all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
    for (const one of all) {
      if (this.isStopping) return;
      try {
        await work(one);
      } catch (thrown) {
        log.error({ event: 'round.failed', job, ...describeError(thrown) });
      }
    }
  }
}
