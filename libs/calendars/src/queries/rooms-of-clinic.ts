import { Inject, Injectable } from '@nestjs/common';
import { requireSomewhere, type Actor } from '#libs/access';
import { CLOCK, type Clock, Database, type Words } from '#libs/platform';
import type { Payer } from '../calendar.entity.js';

/** A room or device as staff read it. */
export interface ClinicRoom {
  id: string;
  kind: 'room' | 'device';
  name: string;
  branch: { id: string; name: string } | null;
  capability: string | null;
  active: boolean;
  /** Its own calendars, where it can be booked by itself. */
  calendars: { id: string; payer: Payer }[];
  /** How often it is taken from now on. */
  taken: number;
}

/** A service and what a visit for it takes beside the practitioner. */
export interface ServiceNeeds {
  serviceId: string;
  name: Words;
  specialty: Words;
  capabilities: string[];
  /** Branches where the service is offered and no active room or device has one of the capabilities. */
  missing: { branch: string; capability: string }[];
}

/** The rooms and devices of a clinic and what needs them. */
@Injectable()
export class RoomsOfClinic {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By branch and name, those out of use last. @throws Refusal `not-found` another clinic, `not-allowed` */
  run(actor: Actor, clinicId: string): Promise<ClinicRoom[]> {
    const { branchIds } = requireSomewhere(actor, clinicId, 'hours.read');
    return this.database.read<ClinicRoom>(
      `select r.id, r.kind, r.name, r.capability, r.active,
              case when b.id is not null then json_build_object('id', b.id, 'name', b.name) end as branch,
              (select coalesce(json_agg(json_build_object('id', c.id, 'payer', c.payer) order by c.payer desc), '[]')
                 from calendar c where c.resource_id = r.id) as calendars,
              (select count(*)::integer from occupation o
                where o.resource_id = r.id and upper(o.during) > $2 and (o.expires_at is null or o.expires_at > $2)) as taken
         from resource r
         left join branch b on b.id = r.branch_id
        where r.clinic_id = $1 and r.kind <> 'practitioner' and ($3::uuid[] is null or r.branch_id = any($3))
        order by r.active desc, b.name collate "lv-x-icu", r.name collate "lv-x-icu", r.id`,
      [clinicId, this.clock.now().toString(), branchIds],
    );
  }

  /** Every active service with what it needs. @throws Refusal `not-found` another clinic, `not-allowed` */
  needs(actor: Actor, clinicId: string): Promise<ServiceNeeds[]> {
    requireSomewhere(actor, clinicId, 'hours.read');
    return this.database.read<ServiceNeeds>(
      `select s.id as "serviceId", s.name, y.name as specialty,
              array(select n.capability from service_need n
                     where n.clinic_id = s.clinic_id and n.service_id = s.id order by n.capability) as capabilities,
              (select coalesce(json_agg(distinct jsonb_build_object('branch', b.name, 'capability', n.capability)), '[]')
                 from service_need n
                 join calendar_service cs on cs.service_id = n.service_id and cs.active
                 join calendar c on c.id = cs.calendar_id
                 join branch b on b.id = c.branch_id
                where n.clinic_id = s.clinic_id and n.service_id = s.id
                  and not exists (select from resource r
                                   where r.branch_id = c.branch_id and r.capability = n.capability and r.active)) as missing
         from service s
         join specialty y on y.id = s.specialty_id
        where s.clinic_id = $1 and s.active
        order by s.name ->> 'lv' collate "lv-x-icu", y.name ->> 'lv' collate "lv-x-icu", s.id`,
      [clinicId],
    );
  }
}
