import { Injectable } from '@nestjs/common';
import { Database, type Words } from '#libs/platform';

/** What a visit is called before it is an appointment: who, what and where. */
export interface VisitFacts {
  clinic: { slug: string; name: string; phone: string; country: 'LV' | 'EE' };
  branch: { name: string; city: string; address: string; room: string | null };
  /** Who receives; of a room that is booked by itself only the name, as family name. */
  practitioner: { slug: string; title: Words; givenName: string; familyName: string };
  service: { name: Words; preparation: Words; referralRequired: boolean; mode: 'in-person' | 'phone' | 'video' };
}

/** The words of a branch, service and practitioner together. */
@Injectable()
export class VisitWords {
  constructor(private readonly database: Database) {}

  async run(ids: {
    branchId: string;
    serviceId: string;
    resourceId: string;
    roomName: string | null;
  }): Promise<VisitFacts | undefined> {
    const [facts] = await this.database.read<VisitFacts>(
      `select json_build_object('slug', k.slug, 'name', k.name, 'phone', k.phone, 'country', k.country) as clinic,
              json_build_object('name', b.name, 'city', b.city, 'address', b.address, 'room', b.room) as branch,
              json_build_object('slug', coalesce(p.slug, $3::text), 'title', coalesce(p.title, '{}'),
                                'givenName', coalesce(p.given_name, ''), 'familyName', coalesce(p.family_name, $4)) as practitioner,
              json_build_object('name', s.name, 'preparation', s.preparation, 'referralRequired', s.referral_required,
                                'mode', s.mode) as service
         from branch b
         join clinic k on k.id = b.clinic_id
         join service s on s.id = $2 and s.clinic_id = k.id
         left join practitioner p on p.id = $3::uuid
        where b.id = $1 and (p.id is not null or $4::text is not null)`,
      [ids.branchId, ids.serviceId, ids.resourceId, ids.roomName],
    );
    return facts;
  }
}
