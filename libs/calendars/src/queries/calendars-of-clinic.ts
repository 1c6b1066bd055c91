import { Injectable } from '@nestjs/common';
import type { Within } from '#libs/access';
import { Database, type Words } from '#libs/platform';
import type { Confirmation, Payer } from '../calendar.entity.js';

/** A calendar as staff choose it from a list. */
export interface ClinicCalendar {
  id: string;
  resourceId: string;
  practitionerId: string | null;
  /** The practitioner, or the room's or device's name. */
  name: string;
  branch: { id: string; name: string; zone: string };
  payer: Payer;
  confirmation: Confirmation;
  published: boolean;
  /** YYYY-MM-DD, the last day whose openings are published; null before the first publishing. */
  publishedUntil: string | null;
  hasDraft: boolean;
  services: { id: string; name: Words; minutes: number; priceCents: number }[];
}

export interface ClinicBranchChoice {
  id: string;
  name: string;
  city: string;
  address: string;
  zone: string;
  country: 'LV' | 'EE';
}

/** What the staff of a clinic choose from: its branches and calendars. */
@Injectable()
export class CalendarsOfClinic {
  constructor(private readonly database: Database) {}

  /** @param only those that somebody is bound to; null: all */
  branches(clinicId: string, only: readonly string[] | null = null): Promise<ClinicBranchChoice[]> {
    return this.database.read<ClinicBranchChoice>(
      `select b.id, b.name, b.city, b.address, b.zone, b.country
         from branch b
        where b.clinic_id = $1 and ($2::uuid[] is null or b.id = any($2))
        order by b.name collate "lv-x-icu", b.id`,
      [clinicId, only],
    );
  }

  /**
   * The calendar of another resource for the same payer, where a visit may move to, with its branch's zone; else undefined.
   * @param to the branch is the visit's own unless told; `serves` says whether the service is given there
   */
  async counterpart(
    clinicId: string,
    { calendarId, serviceId }: { calendarId: string; serviceId: string },
    to: { resourceId: string; branchId?: string | undefined },
  ): Promise<{ id: string; zone: string; serves: boolean } | undefined> {
    const [row] = await this.database.read<{ id: string; zone: string; serves: boolean }>(
      `select other.id, b.zone,
              exists (select from calendar_service cs
                       where cs.calendar_id = other.id and cs.service_id = $4 and (cs.active or other.id = own.id)) as serves
         from calendar own
         join calendar other on other.clinic_id = own.clinic_id and other.branch_id = coalesce($5::uuid, own.branch_id)
                            and other.payer = own.payer and other.resource_id = $3
         join branch b on b.id = other.branch_id
        where own.clinic_id = $1 and own.id = $2`,
      [clinicId, calendarId, to.resourceId, serviceId, to.branchId ?? null],
    );
    return row;
  }

  /**
   * The calendars of the clinic by name, branch and payer, `state` first.
   * @param only those in the bounds of whoever asks; all unless told
   */
  run(clinicId: string, only: Within = { practitionerIds: null, branchIds: null }): Promise<ClinicCalendar[]> {
    return this.database.read<ClinicCalendar>(
      `select c.id, c.resource_id as "resourceId", r.practitioner_id as "practitionerId", c.payer, c.confirmation, c.published,
              c.published_until::text as "publishedUntil",
              coalesce(p.given_name || ' ' || p.family_name, r.name) as name,
              json_build_object('id', b.id, 'name', b.name, 'zone', b.zone) as branch,
              c.has_draft_hours as "hasDraft",
              (select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'minutes', cs.minutes,
                                                          'priceCents', cs.price_cents) order by s.id), '[]')
                 from calendar_service cs join service s on s.id = cs.service_id
                where cs.calendar_id = c.id and cs.active) as services
         from calendar c
         join resource r on r.id = c.resource_id
         join branch b on b.id = c.branch_id
         left join practitioner p on p.id = r.practitioner_id
        where c.clinic_id = $1
          and ($2::uuid[] is null or c.resource_id = any($2)) and ($3::uuid[] is null or c.branch_id = any($3))
        order by coalesce(p.family_name, r.name) collate "lv-x-icu", p.given_name, r.id, b.name, c.payer desc, c.id`,
      [clinicId, only.practitionerIds, only.branchIds],
    );
  }
}
