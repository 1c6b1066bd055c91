import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, type Actor, mayDo, requireSomewhere, requireStaff, type StaffActor, within } from '#libs/access';
import type { Payer } from '#libs/calendars';
import { CLOCK, type Clock, Database, isId, open, Refusal, type Words } from '#libs/platform';
import { localDate } from '#libs/time';
import type { Channel, StaffChannel } from '../rules/counts-from.js';
import type { EndedReason } from '../rules/ended-reasons.js';
import { openPerson, type ToldPerson } from '../told-person.js';
import type { EntryState } from '../waiting-list-entry.entity.js';
import type { EntryEventKind } from '../waiting-list-event.entity.js';

/** An entry as lists and the booking form need it; nothing in it says why the person wishes to come. */
export interface WaitingEntry {
  id: string;
  version: number;
  state: EntryState;
  channel: Channel;
  branch: { id: string; name: string; zone: string };
  /** Null: not known yet; `person` is all that is. */
  patientId: string | null;
  /** How they named themselves, and where they can be reached about this wish. */
  person: ToldPerson;
  service: { id: string; name: Words };
  payer: Payer;
  practitioner: { id: string; name: string } | null;
  receivedAt: Temporal.Instant;
  countsFrom: Temporal.PlainDate;
  /** It came outside the hours of registration, so that it counts from a later day. */
  isMarked: boolean;
  answerDueOn: Temporal.PlainDate | null;
  answeredAt: Temporal.Instant | null;
  registeredAt: Temporal.Instant;
  /** Null: by the person themselves. */
  registeredBy: string | null;
  appointmentId: string | null;
  endedReason: EndedReason | null;
}

export interface EntryStep {
  at: Temporal.Instant;
  kind: EntryEventKind;
  actorName: string | null;
  toldBy: StaffChannel | null;
  reasonCode: EndedReason | null;
}

/** An entry as it is opened by itself. */
export interface WaitingEntryCard extends WaitingEntry {
  hasWish: boolean;
  /** Why they wish to come; null also for staff who may not read it. */
  wish: string | null;
  history: EntryStep[];
}

export interface EntryFilter {
  state?: EntryState | undefined;
  branchId?: string | undefined;
  practitionerId?: string | undefined;
  serviceId?: string | undefined;
  channel?: Channel | undefined;
  /** Only written ones that were not answered in time. */
  isLate?: boolean | undefined;
  /** The id of the last entry of the page before. */
  after?: string | undefined;
}

interface Row extends Omit<WaitingEntry, 'person' | 'countsFrom' | 'answerDueOn' | 'isMarked'> {
  personSealed: Buffer | null;
  patient: ToldPerson | null;
  wishSealed: Buffer | null;
  clinicId: string;
  counts_from: string;
  answer_due_on: string | null;
  received_at: Date;
  answered_at: Date | null;
  registered_at: Date;
}

const pageSize = 50;

const columns = `w.id, w.clinic_id as "clinicId", w.version, w.state, w.channel, w.patient_id as "patientId", w.payer,
  json_build_object('id', b.id, 'name', b.name, 'zone', b.zone) as branch,
  w.person_sealed as "personSealed", w.wish_sealed as "wishSealed",
  case when p.id is not null then json_build_object('givenName', p.given_name, 'familyName', p.family_name,
                                                    'email', p.email, 'phone', p.phone) end as patient,
  json_build_object('id', s.id, 'name', s.name) as service,
  case when d.id is not null then json_build_object('id', d.id, 'name', d.given_name || ' ' || d.family_name) end as practitioner,
  w.counts_from::text, w.answer_due_on::text, w.received_at, w.answered_at, w.registered_at, m.display_name as "registeredBy",
  w.appointment_id as "appointmentId", w.ended_reason as "endedReason"`;
const tables = `waiting_list_entry w
  join branch b on b.id = w.branch_id
  join service s on s.id = w.service_id
  left join patient p on p.id = w.patient_id
  left join practitioner d on d.id = w.practitioner_id
  left join staff_member m on m.id = w.registered_by`;
/** Nobody has answered, and the day is over on which it was due. */
const isLate = (now: string): string =>
  `w.state = 'waiting' and w.answered_at is null and w.answer_due_on < (${now}::timestamptz at time zone b.zone)::date`;
const isTheirs = `($2::uuid[] is null or w.practitioner_id = any($2)) and ($3::uuid[] is null or w.branch_id = any($3))`;

/** What the desk has registered: who waits for what, since when. Every person who is named is a look that is written down. */
@Injectable()
export class WaitingEntries {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One page of entries that these staff may work on, in the order in which they count; those that ended, latest first.
   * @returns at most 50, and the id to go on after, or null
   * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`
   */
  async page(
    actor: Actor,
    clinicId: string,
    filter: EntryFilter = {},
  ): Promise<{ items: WaitingEntry[]; next: string | null; now: Temporal.Instant }> {
    const staff = requireSomewhere(actor, clinicId, 'waiting.edit');
    const { practitionerIds, branchIds } = within(staff, 'waiting.edit');
    const state = filter.state ?? 'waiting';
    const now = this.clock.now();
    const [order, compare] = state === 'waiting' ? ['', '>'] : ['desc', '<'];
    const rows = await this.database.read<Row>(
      `select ${columns}
         from ${tables}
        where w.clinic_id = $1 and ${isTheirs} and w.state = $4
          and ($5::uuid is null or w.branch_id = $5)
          and ($6::uuid is null or w.practitioner_id = $6)
          and ($7::uuid is null or w.service_id = $7)
          and ($8::text is null or w.channel = $8)
          and (not $10::boolean or (${isLate('$11')}))
          and ($9::uuid is null or (w.counts_from, w.received_at, w.id) ${compare} (
                select l.counts_from, l.received_at, l.id from waiting_list_entry l where l.clinic_id = $1 and l.id = $9))
        order by w.counts_from ${order}, w.received_at ${order}, w.id ${order} limit ${pageSize + 1}`,
      [
        clinicId,
        practitionerIds,
        branchIds,
        state,
        filter.branchId ?? null,
        filter.practitionerId ?? null,
        filter.serviceId ?? null,
        filter.channel ?? null,
        filter.after ?? null,
        filter.isLate ?? false,
        now.toString(),
      ],
    );
    const items = rows.slice(0, pageSize).map(entryOf);
    await this.looked(staff, items, 'waiting-list');
    const next = rows.length > pageSize ? (items.at(-1)?.id ?? null) : null;
    return { items, next, now };
  }

  /** How many wait for these staff to do something. @throws Refusal as `page` */
  async count(actor: Actor, clinicId: string): Promise<number> {
    const staff = requireSomewhere(actor, clinicId, 'waiting.edit');
    const { practitionerIds, branchIds } = within(staff, 'waiting.edit');
    const [row] = await this.database.read<{ n: number }>(
      `select count(*)::integer as n from waiting_list_entry w
        where w.clinic_id = $1 and ${isTheirs} and w.state = 'waiting'`,
      [clinicId, practitionerIds, branchIds],
    );
    return row?.n ?? 0;
  }

  /** How many written ones were not answered in time (R4-09). @throws Refusal as `page` */
  async late(actor: Actor, clinicId: string): Promise<number> {
    const staff = requireSomewhere(actor, clinicId, 'waiting.edit');
    const { practitionerIds, branchIds } = within(staff, 'waiting.edit');
    const [row] = await this.database.read<{ n: number }>(
      `select count(*)::integer as n from waiting_list_entry w join branch b on b.id = w.branch_id
        where w.clinic_id = $1 and ${isTheirs} and ${isLate('$4')}`,
      [clinicId, practitionerIds, branchIds, this.clock.now().toString()],
    );
    return row?.n ?? 0;
  }

  /** One entry. @throws Refusal `not-signed-in`, `not-found`, `not-allowed` */
  async find(actor: Actor, id: string): Promise<WaitingEntryCard> {
    if (actor.kind === 'anonymous') throw new Refusal('not-signed-in');
    const [row] = isId(id)
      ? await this.database.read<Row>(`select ${columns} from ${tables} where w.id = $1`, [id])
      : [];
    if (!row) throw new Refusal('not-found');
    const record = { practitionerId: row.practitioner?.id ?? null, branchId: row.branch.id };
    const staff = requireStaff(actor, row.clinicId, 'waiting.edit', record);
    const entry = entryOf(row);
    await this.looked(staff, [entry], 'waiting-entry');
    const mayRead = mayDo(staff, 'reasons.read', record);
    return {
      ...entry,
      hasWish: row.wishSealed !== null,
      wish: mayRead && row.wishSealed ? open(row.wishSealed) : null,
      history: await this.historyOf(id),
    };
  }

  private async historyOf(id: string): Promise<EntryStep[]> {
    const rows = await this.database.read<Omit<EntryStep, 'at'> & { at: Date }>(
      `select at, kind, actor_name as "actorName", told_by as "toldBy", reason_code as "reasonCode"
         from waiting_list_event where entry_id = $1 order by version`,
      [id],
    );
    return rows.map((row) => ({ ...row, at: row.at.toTemporalInstant() }));
  }

  private looked(staff: StaffActor, entries: readonly WaitingEntry[], action: string): Promise<void> {
    const known = entries.flatMap(({ patientId, appointmentId }) => (patientId ? [{ patientId, appointmentId }] : []));
    return this.accessLog.looked(null, ...known.map((who) => ({ actor: staff, ...who, action, purpose: 'booking' })));
  }
}

function entryOf(row: Row): WaitingEntry {
  const { id, version, state, channel, branch, patientId, service, payer, practitioner, registeredBy } = row;
  const { appointmentId, endedReason } = row;
  const receivedAt = row.received_at.toTemporalInstant();
  const countsFrom = Temporal.PlainDate.from(row.counts_from);
  return {
    id,
    version,
    state,
    channel,
    branch,
    patientId,
    person: personOf(row),
    service,
    payer,
    practitioner,
    receivedAt,
    countsFrom,
    isMarked: !countsFrom.equals(localDate(receivedAt, branch.zone)),
    answerDueOn: row.answer_due_on === null ? null : Temporal.PlainDate.from(row.answer_due_on),
    answeredAt: row.answered_at?.toTemporalInstant() ?? null,
    registeredAt: row.registered_at.toTemporalInstant(),
    registeredBy,
    appointmentId,
    endedReason,
  };
}

/** The clinic's record of them, with the contacts that they gave for this wish; before there is one, what they said. */
function personOf({ patient, personSealed }: Row): ToldPerson {
  const told = personSealed ? openPerson(personSealed) : null;
  const nobody = { givenName: '', familyName: '', email: null, phone: null };
  if (!patient) return told ?? nobody;
  return { ...patient, email: told?.email ?? patient.email, phone: told?.phone ?? patient.phone };
}
