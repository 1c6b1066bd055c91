import { Inject, Injectable } from '@nestjs/common';
import { requireStaff, type Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal, type Words } from '#libs/platform';
import { localDate } from '#libs/time';
import type { Payer } from '../calendar.entity.js';
import type { BookingRules, OfferedService } from '../rules/booking-rules.js';

/** A calendar as its settings page shows it. */
export interface CalendarSettings {
  id: string;
  clinicId: string;
  resourceId: string;
  kind: 'practitioner' | 'room' | 'device';
  /** The practitioner, or the room's or device's name. */
  name: string;
  branch: { id: string; name: string };
  payer: Payer;
  publishedUntil: string | null;
  rules: BookingRules & { gridMinutes: number };
  /** What it offers now. */
  services: OfferedService[];
}

/** Services of the clinic that a calendar could offer: its length and buffers in minutes, prices of others in cents. */
export interface ServiceToOffer {
  id: string;
  name: Words;
  minutes: number;
  bufferBefore: number;
  bufferAfter: number;
  /** The price that most of the clinic's calendars of a payer ask; null where none does. */
  statePriceCents: number | null;
  paidPriceCents: number | null;
  /** The same of what the state pays for a visit. */
  tariffCents: number | null;
  /** One of the practitioner's own specialties. */
  isOfSpecialty: boolean;
  /** The practitioner's, room's or device's other calendars offer it. */
  isOffered: boolean;
}

/** Who or what can have a calendar. */
export interface Bookable {
  id: string;
  kind: 'practitioner' | 'room' | 'device';
  name: string;
  /** Where a room or device stands. */
  branchId: string | null;
  calendars: { branchId: string; payer: Payer }[];
}

/** What the pages of calendars show and ask. */
@Injectable()
export class SettingsOfCalendar {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found` another clinic's calendar, `not-allowed` */
  async run(actor: Actor, calendarId: string): Promise<CalendarSettings> {
    const [row] = await this.database.read<CalendarSettings>(
      `select c.id, c.clinic_id as "clinicId", c.resource_id as "resourceId", r.kind,
              coalesce(p.given_name || ' ' || p.family_name, r.name) as name,
              json_build_object('id', b.id, 'name', b.name) as branch, c.payer,
              c.published_until::text as "publishedUntil",
              json_build_object(
                'confirmation', c.confirmation, 'gridMinutes', c.grid_minutes,
                'minimumNoticeMinutes', c.minimum_notice_minutes, 'horizonDays', c.horizon_days,
                'lateCancelHours', c.late_cancel_hours, 'answerWithinHours', c.answer_within_hours,
                'mostPerDay', c.most_per_day, 'buffersMayLeaveOpening', c.buffers_may_leave_opening) as rules,
              (select coalesce(json_agg(json_build_object(
                        'serviceId', cs.service_id, 'minutes', cs.minutes, 'bufferBefore', cs.buffer_before,
                        'bufferAfter', cs.buffer_after, 'priceCents', cs.price_cents,
                        'tariffCents', cs.tariff_cents, 'bySession', cs.by_session, 'confirmation', cs.confirmation,
                        'minimumNoticeMinutes', cs.minimum_notice_minutes, 'horizonDays', cs.horizon_days,
                        'lateCancelHours', cs.late_cancel_hours) order by cs.service_id), '[]')
                 from calendar_service cs where cs.calendar_id = c.id and cs.active) as services
         from calendar c
         join resource r on r.id = c.resource_id
         join branch b on b.id = c.branch_id
         left join practitioner p on p.id = r.practitioner_id
        where c.id = $1`,
      [calendarId],
    );
    if (!row) throw new Refusal('not-found');
    requireStaff(actor, row.clinicId, 'hours.read', { branchId: row.branch.id });
    return row;
  }

  /** The active services of a clinic, those of the practitioner's specialties first. */
  services(clinicId: string, resourceId: string): Promise<ServiceToOffer[]> {
    const usual = (payer: Payer, what: 'price_cents' | 'tariff_cents'): string => `
      (select mode() within group (order by cs.${what})
         from calendar_service cs join calendar c on c.id = cs.calendar_id
        where cs.service_id = s.id and cs.active and c.payer = '${payer}')`;
    return this.database.read<ServiceToOffer>(
      `select s.id, s.name, s.minutes, s.buffer_before as "bufferBefore", s.buffer_after as "bufferAfter",
              ${usual('state', 'price_cents')} as "statePriceCents", ${usual('paid', 'price_cents')} as "paidPriceCents",
              ${usual('state', 'tariff_cents')} as "tariffCents",
              f.is_own as "isOfSpecialty",
              exists (select from calendar_service cs join calendar c on c.id = cs.calendar_id
                       where cs.service_id = s.id and cs.active and c.resource_id = $2) as "isOffered"
         from service s
        cross join lateral (
          select exists (select from practitioner_specialty ps
                          where ps.practitioner_id = $2 and ps.specialty_id = s.specialty_id) as is_own) f
        where s.clinic_id = $1 and s.active
        order by f.is_own desc, s.name ->> 'lv' collate "lv-x-icu", s.id`,
      [clinicId, resourceId],
    );
  }

  /** Practitioners who work at the clinic and its rooms and devices, by name, with the calendars that they have here. */
  bookables(clinicId: string): Promise<Bookable[]> {
    return this.database.read<Bookable>(
      `select w.id, w.kind, w.name, w.branch_id as "branchId",
              (select coalesce(json_agg(json_build_object('branchId', c.branch_id, 'payer', c.payer)), '[]')
                 from calendar c where c.clinic_id = $1 and c.resource_id = w.id) as calendars
         from (
           select distinct p.id, 'practitioner' as kind, p.given_name || ' ' || p.family_name as name, null::uuid as branch_id,
                  p.family_name as sorted, 0 as place
             from practitioner_role o join practitioner p on p.id = o.practitioner_id
            where o.clinic_id = $1 and (o.active_to is null or o.active_to >= $2)
           union all
           select r.id, r.kind, r.name, r.branch_id, r.name, 1 from resource r where r.clinic_id = $1 and r.active
         ) w
        order by w.place, w.sorted collate "lv-x-icu", w.name, w.id`,
      [clinicId, localDate(this.clock.now(), 'Europe/Riga').toString()],
    );
  }
}
