import type { Tx, Words } from '#libs/platform';
import type { EmergencyProvider } from './branch.entity.js';
import { stayWhole } from './clinic-to-publish.js';
import { writeSpecialties } from './practitioner-card.js';
import { freeSlug, slugOf } from './rules/slug.js';

/** A branch of an import, checked; the id was chosen by who reads the file. */
export interface BranchBroughtIn {
  id: string;
  name: string;
  city: string;
  address: string;
  postalCode: string;
  room: string | null;
  zone: string;
  phone: string;
  email: string | null;
  emergency: EmergencyProvider;
}
export interface PractitionerBroughtIn {
  id: string;
  givenName: string;
  familyName: string;
  title: Partial<Words>;
  languages: readonly string[];
  /** Ids, the leading one first. */
  specialties: readonly string[];
  activeFrom: Temporal.PlainDate;
  activeTo: Temporal.PlainDate | null;
}
/** Times in minutes. */
export interface ServiceBroughtIn {
  id: string;
  name: Partial<Words>;
  preparation: Partial<Words>;
  specialtyId: string;
  minutes: number;
  bufferBefore: number;
  bufferAfter: number;
  mode: string;
  referralRequired: boolean;
}

/** What an import adds and what it changes of what stands. */
export interface BroughtIn<T> {
  added: readonly T[];
  changed: readonly T[];
}

/**
 * Writes the branches of an import in its transaction. Of a branch that stands, name, room, contacts and the emergency
 * provider change. @throws Refusal `incomplete` what a published clinic would then lack
 */
export async function bringInBranches(tx: Tx, clinicId: string, branches: BroughtIn<BranchBroughtIn>): Promise<void> {
  // As KeepBranch does: orders those who add at once, so that slugs stay single.
  await tx.query(`select id from clinic where id = $1 for no key update`, [clinicId]);
  const rows = await tx.query<{ slug: string }>(`select slug from branch where clinic_id = $1`, [clinicId]);
  const taken = new Set(rows.map(({ slug }) => slug));
  for (const each of branches.added) {
    const slug = freeSlug(slugOf(each.name, 'branch'), taken);
    taken.add(slug);
    await tx.query(
      `insert into branch (id, clinic_id, slug, name, city, address, postal_code, room, zone, phone, email, emergency)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        each.id,
        clinicId,
        slug,
        each.name,
        each.city,
        each.address,
        each.postalCode,
        each.room,
        each.zone,
        each.phone,
        each.email,
        JSON.stringify(each.emergency),
      ],
    );
  }
  for (const each of branches.changed) {
    await tx.query(
      `update branch set name = $3, room = $4, phone = $5, email = $6, emergency = $7 where clinic_id = $1 and id = $2`,
      [clinicId, each.id, each.name, each.room, each.phone, each.email, JSON.stringify(each.emergency)],
    );
  }
  await stayWhole(tx, clinicId);
}

/**
 * Writes the practitioners of an import: new ones are unpublished and work at the clinic; of one that stands, names, title
 * and languages change. The caller knows that they work nowhere else.
 */
export async function bringInPractitioners(
  tx: Tx,
  clinicId: string,
  practitioners: BroughtIn<PractitionerBroughtIn>,
  now: Temporal.Instant,
): Promise<void> {
  if (practitioners.added.length > 0) {
    // As AddPractitioner does: one lock for all names.
    await tx.query(`select pg_advisory_xact_lock(hashtext('practitioner_slug'))`);
  }
  for (const each of practitioners.added) {
    const wanted = slugOf(`${each.givenName} ${each.familyName}`, 'doctor');
    const taken = await tx.query<{ slug: string }>(`select slug from practitioner where slug like $1 || '%'`, [wanted]);
    await tx.query(
      `insert into practitioner (id, slug, given_name, family_name, title, languages, published, created_at)
       values ($1, $2, $3, $4, $5, $6, false, $7)`,
      [
        each.id,
        freeSlug(wanted, new Set(taken.map(({ slug }) => slug))),
        each.givenName,
        each.familyName,
        JSON.stringify(each.title),
        [...each.languages],
        now.toString(),
      ],
    );
    await tx.query(
      `insert into practitioner_role (clinic_id, practitioner_id, active_from, active_to) values ($1, $2, $3, $4)`,
      [clinicId, each.id, each.activeFrom.toString(), each.activeTo?.toString() ?? null],
    );
    await writeSpecialties(tx, clinicId, each.id, each.specialties);
  }
  for (const each of practitioners.changed) {
    await tx.query(
      `update practitioner set given_name = $2, family_name = $3, title = $4, languages = $5 where id = $1`,
      [each.id, each.givenName, each.familyName, JSON.stringify(each.title), [...each.languages]],
    );
  }
}

/** Writes the services of an import; of one that stands, names and preparation change. */
export async function bringInServices(tx: Tx, clinicId: string, services: BroughtIn<ServiceBroughtIn>): Promise<void> {
  for (const each of services.added) {
    await tx.query(
      `insert into service (id, clinic_id, specialty_id, name, minutes, buffer_before, buffer_after, preparation, mode, referral_required)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        each.id,
        clinicId,
        each.specialtyId,
        JSON.stringify(each.name),
        each.minutes,
        each.bufferBefore,
        each.bufferAfter,
        JSON.stringify(each.preparation),
        each.mode,
        each.referralRequired,
      ],
    );
  }
  for (const each of services.changed) {
    await tx.query(`update service set name = $3, preparation = $4 where clinic_id = $1 and id = $2`, [
      clinicId,
      each.id,
      JSON.stringify(each.name),
      JSON.stringify(each.preparation),
    ]);
  }
}
