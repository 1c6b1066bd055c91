import type { Tx } from '#libs/platform';
import { refuseIncomplete } from './refuse-incomplete.js';
import { type ClinicToPublish, missingOfClinic } from './rules/what-is-missing.js';

/** What of a clinic must be whole to be published; undefined when there is no such clinic. */
export async function clinicToPublish(
  reader: Pick<Tx, 'query'>,
  clinicId: string,
): Promise<(ClinicToPublish & { published: boolean }) | undefined> {
  const [clinic] = await reader.query<ClinicToPublish & { published: boolean }>(
    `select k.country, k.name, k.registration_number as "registrationNumber", k.address, k.phone, k.email, k.about,
            k.complaint_contacts as "complaintContacts", k.published,
            coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'city', b.city, 'address', b.address,
                        'phone', b.phone, 'emergency', b.emergency, 'reception', b.reception) order by b.name, b.id)
                        from branch b where b.clinic_id = k.id), '[]') as branches
       from clinic k where k.id = $1`,
    [clinicId],
  );
  return clinic;
}

/**
 * Does a change to a clinic's card or board: what is public stays whole. What was missing before does not hinder it.
 * @throws Refusal `incomplete` with the paths that a published clinic would now lack
 */
export async function keepWhole<Result>(tx: Tx, clinicId: string, change: () => Promise<Result>): Promise<Result> {
  const before = await clinicToPublish(tx, clinicId);
  const result = await change();
  const after = await clinicToPublish(tx, clinicId);
  if (!before || !after?.published) return result;
  const former = new Set(missingOfClinic(before).map(({ path }) => path));
  refuseIncomplete(missingOfClinic(after).filter(({ path }) => !former.has(path)));
  return result;
}

/** After a change: what is public stays whole. @throws Refusal `incomplete` with the paths that are missing */
export async function stayWhole(tx: Tx, clinicId: string): Promise<void> {
  const clinic = await clinicToPublish(tx, clinicId);
  if (clinic?.published) refuseIncomplete(missingOfClinic(clinic));
}
