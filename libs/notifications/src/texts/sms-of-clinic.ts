import { Inject, Injectable } from '@nestjs/common';
import { requireStaff, type StaffActor } from '#libs/access';
import { CLOCK, type Clock, Database, environment, type Language } from '#libs/platform';
import type { Visit } from '../letters/visit.js';
import { plainLetters } from '../rules/plain-letters.js';
import { type LetterKind, letterKinds, noticeRuleOf } from '../rules/notice-kinds.js';
import { type Segments, segmentsOf } from '../rules/segments.js';
import { type CapState, capStateOf } from '../rules/sms-settings.js';
import { canAnswer, wordingFor } from './send-text.js';
import { segmentsUsed, type SmsSettings, smsSettingsOf } from './sms-settings-of.js';
import { stepText } from './step-text.js';
import { areTextsOn } from './text-transport-of.js';

/** A message that did not leave, or did not arrive. */
export interface FailedText {
  /** Masked. */
  address: string | null;
  kind: string;
  reason: string;
  at: Temporal.Instant;
}

/** How a clinic's short messages stand. */
export interface SmsOfClinicAnswer {
  /** False: this installation has no gateway. */
  isOn: boolean;
  settings: SmsSettings;
  /** Whether people can answer to what is sent now. */
  isAnswered: boolean;
  /** Segments since the month began. */
  used: number;
  state: CapState;
  failures: FailedText[];
}

/** How many failures are shown. */
const mostShown = 20;

/** The kinds that a preview can be of. */
export const textKinds: readonly LetterKind[] = letterKinds.filter(
  (kind) => noticeRuleOf(kind).channels.includes('sms') && !noticeRuleOf(kind).isUnused,
);

/** What staff see of the short messages of their clinic. */
@Injectable()
export class SmsOfClinic {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-allowed` */
  async find(actor: StaffActor): Promise<SmsOfClinicAnswer> {
    requireStaff(actor, actor.clinicId, 'letters.edit');
    const { clinicId } = actor;
    const now = this.clock.now();
    const settings = await smsSettingsOf(this.database.reader, clinicId);
    const used = await segmentsUsed(this.database.reader, clinicId, now);
    const failures = await this.database.read<Omit<FailedText, 'at'> & { when: Date }>(
      `select address, kind, failure as reason, created_at as "when" from notice
        where clinic_id = $1 and channel = 'sms' and (state in ('failed', 'dropped') or bounced_at is not null)
          and coalesce(failure, '') not in ('too-late', 'no-longer-so', 'put-off')
        order by created_at desc limit ${mostShown}`,
      [clinicId],
    );
    return {
      isOn: areTextsOn(environment()),
      settings,
      isAnswered: canAnswer(settings.sender),
      used,
      state: capStateOf({ cap: settings.monthlyCap, used }),
      failures: failures.map(({ when, ...rest }) => ({ ...rest, at: when.toTemporalInstant() })),
    };
  }

  /**
   * A message as it would leave now, about an invented visit of the clinic's first branch.
   * @throws Refusal `not-allowed`
   */
  async preview(
    actor: StaffActor,
    { kind, language, isPlain }: { kind: LetterKind; language: Language; isPlain: boolean },
  ): Promise<Segments & { text: string }> {
    requireStaff(actor, actor.clinicId, 'letters.edit');
    const start = this.clock
      .now()
      .toZonedDateTimeISO('Europe/Riga')
      .add({ days: 2 })
      .with({ hour: 10, minute: 30 })
      .round('minute');
    const [place] = await this.database.read<{
      name: string;
      isNamed: boolean;
      address: string;
      city: string;
      zone: string;
      country: string;
    }>(
      `select k.name, k.named_in_letters as "isNamed", b.address, b.city, b.zone, k.country
         from clinic k join branch b on b.clinic_id = k.id where k.id = $1 order by b.name limit 1`,
      [actor.clinicId],
    );
    const visit: Pick<Visit, 'language' | 'zone' | 'start' | 'clinic' | 'place' | 'mode' | 'reference'> = {
      language,
      zone: place?.zone ?? 'Europe/Riga',
      start: start.toInstant(),
      clinic: place?.isNamed ? { name: place.name, registryCode: '' } : null,
      place: place
        ? { country: place.country, address: place.address, city: place.city, postalCode: '', room: null }
        : null,
      mode: 'in-person',
      reference: '0123456789ABCDEF',
    };
    const { sender } = await smsSettingsOf(this.database.reader, actor.clinicId);
    const offered = canAnswer(sender) ? [1, 2].map((days) => start.add({ days }).toInstant()) : [];
    const text = wordingFor(stepText(kind, visit, start.subtract({ days: 1 }).toInstant(), offered), isPlain);
    return { ...segmentsOf(isPlain ? plainLetters(text) : text), text };
  }
}
