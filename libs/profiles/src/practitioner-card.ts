import { Refusal, type Tx, type Words } from '#libs/platform';

/** What a practitioner's card says at every clinic (R2-08); the picture is sent by itself. */
export interface PractitionerCard {
  givenName: string;
  familyName: string;
  /** `Dr. med.`, `prof.`; before the name. */
  title: Words;
  /** Ids, the leading one first. */
  specialtyIds: readonly string[];
  /** ISO 639-1 codes. */
  languages: readonly string[];
  about: Words;
}

/** What only one clinic says of a practitioner. */
export interface RoleCard {
  activeFrom: Temporal.PlainDate;
  /** What limits the times there, in words for patients. */
  restrictions: Words;
}

/** Both countries of the portal keep the same day. */
export const portalDay = (now: Temporal.Instant): string =>
  now.toZonedDateTimeISO('Europe/Riga').toPlainDate().toString();

/**
 * The clinic that keeps a practitioner's card: of those where they work, the first to have named them. Others may add
 * the practitioner and say what holds at their own place, and nothing else. The order is that of the roles' ids, which
 * nobody can choose.
 */
export const keeperSql = (practitioner: string, day: string): string =>
  `(select r.clinic_id from practitioner_role r
     where r.practitioner_id = ${practitioner} and (r.active_to is null or r.active_to >= ${day}) order by r.id limit 1)`;

/**
 * Locks a practitioner whose card the clinic keeps.
 * @throws Refusal `not-found` who does not work there; `not-allowed` whose card another clinic keeps
 */
export async function lockKept(
  tx: Tx,
  { clinicId, practitionerId, day }: { clinicId: string; practitionerId: string; day: string },
): Promise<{ published: boolean }> {
  const [row] = await tx.query<{ published: boolean; keeper: string | null }>(
    `select p.published, ${keeperSql('p.id', '$3::date')} as keeper
       from practitioner p
      where p.id = $1 and exists (select from practitioner_role w where w.practitioner_id = p.id and w.clinic_id = $2)
        for no key update of p`,
    [practitionerId, clinicId, day],
  );
  if (!row) throw new Refusal('not-found');
  if (row.keeper !== clinicId) throw new Refusal('not-allowed');
  return row;
}

/**
 * Writes the specialties in their order. @throws Refusal `invalid` (`specialties.<n>`) for one that stands in no list of
 * the clinic's country, unless the practitioner has it already
 */
export async function writeSpecialties(
  tx: Tx,
  clinicId: string,
  practitionerId: string,
  specialtyIds: readonly string[],
): Promise<void> {
  const ids = [...new Set(specialtyIds)];
  const known = await tx.query<{ id: string }>(
    `select s.id from specialty s
      where s.id = any ($1)
        and ((select country from clinic where id = $2) = any (s.countries)
             or exists (select from practitioner_specialty ps where ps.practitioner_id = $3 and ps.specialty_id = s.id))`,
    [ids, clinicId, practitionerId],
  );
  const unknown = ids.findIndex((id) => !known.some((each) => each.id === id));
  if (unknown >= 0) throw new Refusal('invalid', { errors: [{ path: `specialties.${unknown}`, code: 'choice' }] });
  await tx.query(`delete from practitioner_specialty where practitioner_id = $1`, [practitionerId]);
  await tx.query(
    `insert into practitioner_specialty (practitioner_id, specialty_id, position)
     select $1, each.id, each.n - 1 from unnest($2::text[]) with ordinality as each(id, n)`,
    [practitionerId, ids],
  );
}

/**
 * Writes what the clinic itself says of a practitioner. @throws Refusal `not-found` who does not work there; `invalid`
 * (`activeFrom`) a first day after the last
 */
export async function writeRole(tx: Tx, clinicId: string, practitionerId: string, role: RoleCard): Promise<void> {
  const [known] = await tx.query<{ activeTo: string | null }>(
    `select active_to::text as "activeTo" from practitioner_role
      where clinic_id = $1 and practitioner_id = $2 for no key update`,
    [clinicId, practitionerId],
  );
  if (!known) throw new Refusal('not-found');
  if (known.activeTo !== null && known.activeTo < role.activeFrom.toString())
    throw new Refusal('invalid', { errors: [{ path: 'activeFrom', code: 'order' }] });
  await tx.query(
    `update practitioner_role set active_from = $3, restrictions = $4 where clinic_id = $1 and practitioner_id = $2`,
    [clinicId, practitionerId, role.activeFrom.toString(), JSON.stringify(role.restrictions)],
  );
}
