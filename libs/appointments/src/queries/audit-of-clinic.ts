import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff, type StaffRole, writeAuditRead } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';

/** Something that staff did or looked at. */
export interface AuditLine {
  /** `look`: at a patient; `step`: with an appointment; `rights`: with somebody's rights, or a look at this audit. */
  source: 'look' | 'step' | 'rights';
  id: string;
  at: Temporal.Instant;
  by: string;
  staffMemberId: string;
  role: StaffRole | null;
  /** The look's action, the step's or the right's kind. */
  what: string;
  purpose: string | null;
  /** They tried and were not let in. */
  refused: boolean;
  patientId: string | null;
  appointment: { id: string; reference: string } | null;
  /** Whose rights it was about. */
  about: string | null;
}

export interface AuditFilter {
  staffMemberId: string | null;
  patientId: string | null;
  day: Temporal.PlainDate | null;
}

/** Where the next page begins. */
export interface AuditPlace {
  at: string;
  source: string;
  id: string;
}

/** Lines on a page. */
export const auditPerPage = 100;

/** Both countries of the portal keep the same day. */
const zone = 'Europe/Riga';

type Row = Omit<AuditLine, 'at'> & { at: Date; exact: string };

/**
 * Parameters: 1 the clinic, 2 a member of staff, 3 a patient, 4 and 5 from and until when, 6 to 8 the place, 9 how many.
 * Each part is read by its own index and cut before they are put together.
 */
const part = (source: string, table: string, columns: string, key: string, who: string, where: string): string => `
  (select '${source}' as source, ${key} as id, x.at, x.at::text as exact, ${columns}
     from ${table}
    where x.clinic_id = $1 and ($2::uuid is null or ${who} = $2) and x.at >= $4 and x.at < $5
      and (x.at, '${source}', ${key}) < ($6::timestamptz, $7::text, $8::text) and ${where}
    order by x.at desc, ${key} desc limit $9)`;

const appointment = `case when a.id is not null then json_build_object('id', a.id, 'reference', a.reference) end`;

const text = `
  select * from (
    ${part(
      'look',
      `access_log x join staff_member m on m.id = x.staff_member_id left join appointment a on a.id = x.appointment_id`,
      `m.display_name as by, x.staff_member_id as "staffMemberId", x.role, x.action as what, x.purpose, x.refused,
       x.patient_id as "patientId", ${appointment} as appointment, null::text as about`,
      `lpad(x.id::text, 20, '0')`,
      'x.staff_member_id',
      '($3::uuid is null or x.patient_id = $3)',
    )}
    union all
    ${part(
      'step',
      `appointment_event x join appointment a on a.id = x.appointment_id`,
      `coalesce(x.actor_name, '') as by, x.actor_id as "staffMemberId", null::text as role, x.kind as what,
       null::text as purpose, false as refused, a.patient_id as "patientId", ${appointment} as appointment, null::text as about`,
      'x.id::text',
      'x.actor_id',
      `x.actor_kind = 'staff' and ($3::uuid is null or a.patient_id = $3)`,
    )}
    union all
    ${part(
      'rights',
      `staff_event x join staff_member m on m.id = x.actor_id
         left join staff_member t on t.id = x.staff_member_id
         left join staff_invitation i on i.id = x.invitation_id`,
      `m.display_name as by, x.actor_id as "staffMemberId", m.role, x.kind as what, null::text as purpose, false as refused,
       null::uuid as "patientId", null::json as appointment, coalesce(t.display_name, i.display_name) as about`,
      `lpad(x.id::text, 20, '0')`,
      'x.actor_id',
      `($3::uuid is null or x.details ->> 'patientId' = $3::text)`,
    )}) lines
   order by at desc, source desc, id desc limit $9`;

/**
 * Who did and who saw what at a clinic, newest first: looks at patients, steps of appointments, changes of rights. Reading
 * it is written down itself. Patients stand here by their appointments' references, never by name.
 */
@Injectable()
export class AuditOfClinic {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param from the place that the page before ended with; null: the newest
   * @throws Refusal `not-found` another clinic, `not-allowed`
   */
  async run(
    actor: Actor,
    clinicId: string,
    filter: AuditFilter,
    from: AuditPlace | null,
  ): Promise<{ items: AuditLine[]; next: AuditPlace | null }> {
    const staff = requireStaff(actor, clinicId, 'audit.read');
    const { staffMemberId, patientId, day } = filter;
    const start = day?.toZonedDateTime(zone).toInstant().toString() ?? '-infinity';
    const end = day?.add({ days: 1 }).toZonedDateTime(zone).toInstant().toString() ?? 'infinity';
    const rows = await this.database.readPlanned<Row>(text, [
      clinicId,
      staffMemberId,
      patientId,
      start,
      end,
      from?.at ?? 'infinity',
      from?.source ?? '',
      from?.id ?? '',
      auditPerPage + 1,
    ]);
    await writeAuditRead(this.database, staff, this.clock.now(), {
      staffMemberId,
      patientId,
      day: day?.toString() ?? null,
    });
    const shown = rows.slice(0, auditPerPage);
    const last = rows.length > auditPerPage ? shown.at(-1) : undefined;
    return {
      items: shown.map(({ at, exact: _, ...row }) => ({ ...row, at: at.toTemporalInstant() })),
      next: last ? { at: last.exact, source: last.source, id: last.id } : null,
    };
  }

  /**
   * The patient of an appointment, by its reference as it is read out.
   * @returns null when the clinic has none of it
   * @throws Refusal as `run`
   */
  async patientOf(actor: Actor, clinicId: string, reference: string): Promise<string | null> {
    requireStaff(actor, clinicId, 'audit.read');
    const [row] = await this.database.read<{ id: string }>(
      `select patient_id as id from appointment where clinic_id = $1 and reference = $2`,
      [clinicId, reference.toUpperCase().replace(/[^0-9A-Z]/g, '')],
    );
    return row?.id ?? null;
  }
}
