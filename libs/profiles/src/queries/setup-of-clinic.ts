import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal, type Words } from '#libs/platform';
import type { ComplaintContact } from '../clinic.entity.js';
import type { BranchCard } from '../keep-branch.js';
import { keeperSql, portalDay } from '../practitioner-card.js';

export interface BranchInSetup extends BranchCard {
  id: string;
}

export interface PractitionerInSetup {
  id: string;
  slug: string;
  givenName: string;
  familyName: string;
  title: Words;
  languages: string[];
  about: Words;
  published: boolean;
  specialties: { id: string; name: Words }[];
  picture: string | null;
  /** Whether this clinic keeps the card; else `keeper` names the one that does. */
  isKept: boolean;
  keeper: string | null;
  activeFrom: string;
  activeTo: string | null;
  restrictions: Words;
}

export interface ClinicInSetup {
  id: string;
  slug: string;
  country: 'LV' | 'EE';
  name: string;
  registrationNumber: string;
  address: string;
  phone: string;
  email: string;
  website: string | null;
  about: Words;
  complaintContacts: ComplaintContact[];
  published: boolean;
  picture: string | null;
  insurerIds: string[];
  /** How many services can be booked. */
  services: number;
  branches: BranchInSetup[];
  practitioners: PractitionerInSetup[];
}

const branchSql = `jsonb_build_object('id', b.id, 'name', b.name, 'city', b.city, 'address', b.address,
  'postalCode', b.postal_code, 'room', b.room, 'zone', b.zone, 'phone', b.phone, 'email', b.email,
  'latitude', b.latitude, 'longitude', b.longitude, 'emergency', b.emergency, 'reception', b.reception)`;

/** A clinic as its own admin sets it up: also what is not published. */
@Injectable()
export class SetupOfClinic {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Practitioners whose last day is over are left out. @throws Refusal `not-found` another clinic, `not-allowed` */
  async run(actor: Actor, clinicId: string): Promise<ClinicInSetup> {
    requireStaff(actor, clinicId, 'profile.edit');
    const [[clinic], practitioners] = await Promise.all([
      this.database.read<Omit<ClinicInSetup, 'practitioners'>>(
        `select k.id, k.slug, k.country, k.name, k.registration_number as "registrationNumber", k.address, k.phone, k.email,
                k.website, k.about, k.complaint_contacts as "complaintContacts", k.published,
                (select hash from picture i where i.clinic_id = k.id and i.practitioner_id is null) as picture,
                array(select insurer_id from clinic_insurer ci where ci.clinic_id = k.id) as "insurerIds",
                (select count(*)::integer from service s where s.clinic_id = k.id and s.active) as services,
                coalesce((select jsonb_agg(${branchSql} order by b.name collate "lv-x-icu", b.id)
                            from branch b where b.clinic_id = k.id), '[]') as branches
           from clinic k where k.id = $1`,
        [clinicId],
      ),
      this.practitioners(clinicId, portalDay(this.clock.now())),
    ]);
    if (!clinic) throw new Refusal('not-found');
    return { ...clinic, practitioners };
  }

  private practitioners(clinicId: string, day: string): Promise<PractitionerInSetup[]> {
    return this.database.read<PractitionerInSetup>(
      `select p.id, p.slug, p.given_name as "givenName", p.family_name as "familyName", p.title, p.languages, p.about,
              p.published, w.active_from::text as "activeFrom", w.active_to::text as "activeTo", w.restrictions,
              (select hash from picture i where i.practitioner_id = p.id) as picture,
              coalesce(keeper.id = w.clinic_id, false) as "isKept", keeper.name as keeper,
              coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by ps.position)
                          from practitioner_specialty ps join specialty s on s.id = ps.specialty_id
                         where ps.practitioner_id = p.id), '[]') as specialties
         from practitioner_role w
         join practitioner p on p.id = w.practitioner_id
         left join clinic keeper on keeper.id = ${keeperSql('p.id', '$2::date')}
        where w.clinic_id = $1 and (w.active_to is null or w.active_to >= $2::date)
        order by p.family_name collate "lv-x-icu", p.given_name collate "lv-x-icu", p.id`,
      [clinicId, day],
    );
  }
}
