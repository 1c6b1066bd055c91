import type { Client } from 'pg';
import { hashPassword } from '#libs/access';
import { seal } from '#libs/platform';
import { complaintBodies } from '#libs/profiles';
import { insurers } from '../../migrations/lists/insurers.js';
import type { PractitionersCalendar } from './calendar-plan.js';
import type { PlannedClinic } from './clinic-plan.js';
import { CopyIn } from './copy-in.js';
import { demoSignIns } from './demo-people.js';
import type { PlannedPractitioner } from './practitioner-plan.js';
import { idsOf, randomOf } from './random.js';

/** When each specialty of a branch receives, by weekday: what its notice board says. */
function receptionOf(calendars: readonly PractitionersCalendar[]) {
  const times = new Map<string, { specialty: string; weekday: number; from: string; to: string }>();
  for (const { hours, practitioner } of calendars) {
    for (const { weekday, starts, ends } of hours) {
      const specialty = practitioner.specialty.code;
      const known = times.get(`${weekday} ${specialty}`);
      const from = known && known.from < starts ? known.from : starts;
      const to = known && known.to > ends ? known.to : ends;
      times.set(`${weekday} ${specialty}`, { specialty, weekday, from, to });
    }
  }
  return [...times.values()].sort((a, b) =>
    a.specialty < b.specialty ? -1 : a.specialty > b.specialty ? 1 : a.weekday - b.weekday,
  );
}

const emailOf = (clinic: PlannedClinic, name = 'info'): string => `${name}@${clinic.data.slug}.example`;

export async function loadClinics(
  client: Client,
  clinics: readonly PlannedClinic[],
  calendars: readonly PractitionersCalendar[],
  createdAt: string,
): Promise<void> {
  const clinic = new CopyIn(client, 'clinic', [
    'id',
    'slug',
    'country',
    'name',
    'registration_number',
    'address',
    'phone',
    'email',
    'website',
    'about',
    'complaint_contacts',
    'named_in_letters',
    'practitioner_named_in_letters',
    'published',
    'created_at',
  ]);
  const branch = new CopyIn(client, 'branch', [
    'id',
    'clinic_id',
    'slug',
    'name',
    'city',
    'address',
    'postal_code',
    'zone',
    'phone',
    'email',
    'emergency',
    'reception',
  ]);
  const insured = new CopyIn(client, 'clinic_insurer', ['clinic_id', 'insurer_id']);
  const calendarsOf = Map.groupBy(calendars, ({ workplace }) => workplace.branch.id);
  for (const planned of clinics) {
    const { data } = planned;
    const random = randomOf('profile', data.slug);
    const own = { name: data.name, phone: planned.phone, email: emailOf(planned) };
    clinic.add(
      planned.id,
      data.slug,
      data.country,
      data.name,
      data.registrationNumber,
      addressOf(planned),
      planned.phone,
      emailOf(planned),
      `https://${data.slug}.example`,
      data.about,
      json([own, ...complaintBodies[data.country]]),
      !data.nameTellsTrouble,
      random.chance(0.3),
      true,
      createdAt,
    );
    for (const each of planned.branches) {
      branch.add(
        each.id,
        planned.id,
        each.slug,
        each.name,
        each.city.name,
        each.address,
        each.postalCode,
        each.city.zone,
        each.phone,
        emailOf(planned, each.slug),
        each.city.emergency,
        json(receptionOf(calendarsOf.get(each.id) ?? [])),
      );
    }
    for (const { id, country } of insurers)
      if (country === data.country && random.chance(0.7)) insured.add(planned.id, id);
  }
  await clinic.flush();
  await branch.flush();
  await insured.flush();
}

/** Where a clinic is registered: at its first branch. */
const addressOf = ({ branches: [first] }: PlannedClinic): string =>
  first ? `${first.address}, ${first.city.name}, ${first.postalCode}` : '';

/** A list as jsonb: COPY would write it as an array of text. */
const json = (list: readonly object[]): string => JSON.stringify(list);

export async function loadPractitioners(
  client: Client,
  practitioners: readonly PlannedPractitioner[],
  createdAt: string,
  since: Temporal.PlainDate,
): Promise<void> {
  const practitioner = new CopyIn(client, 'practitioner', [
    'id',
    'slug',
    'title',
    'given_name',
    'family_name',
    'languages',
    'about',
    'published',
    'created_at',
  ]);
  const role = new CopyIn(client, 'practitioner_role', ['id', 'clinic_id', 'practitioner_id', 'active_from']);
  const has = new CopyIn(client, 'practitioner_specialty', ['practitioner_id', 'specialty_id', 'position']);
  const resource = new CopyIn(client, 'resource', ['id', 'kind', 'practitioner_id']);
  const id = idsOf('roles', Date.parse(createdAt));
  for (const { id: practitionerId, name, ...planned } of practitioners) {
    practitioner.add(
      practitionerId,
      planned.slug,
      planned.title,
      name.givenName,
      name.familyName,
      planned.languages,
      planned.about,
      true,
      createdAt,
    );
    for (const clinicId of new Set(planned.workplaces.map(({ clinic }) => clinic.id)))
      role.add(id(), clinicId, practitionerId, since.toString());
    has.add(practitionerId, planned.specialty.code, 0);
    resource.add(practitionerId, 'practitioner', practitionerId);
  }
  for (const table of [practitioner, role, has, resource]) await table.flush();
}

/** A registrar and an administrator for each clinic; those of the demo can sign in, and so can one practitioner. */
export async function loadStaff(
  client: Client,
  clinics: readonly PlannedClinic[],
  practitioners: readonly PlannedPractitioner[],
  createdAt: string,
  since: Temporal.PlainDate,
): Promise<void> {
  const account = new CopyIn(client, 'account', ['id', 'email', 'email_verified_at', 'language', 'created_at']);
  const member = new CopyIn(client, 'staff_member', [
    'id',
    'account_id',
    'clinic_id',
    'role',
    'practitioner_id',
    'display_name',
    'active_from',
  ]);
  const credential = new CopyIn(client, 'staff_credential', ['account_id', 'password_hash', 'totp_sealed']);
  const newId = idsOf('staff', Date.parse(createdAt));
  for (const clinic of clinics) {
    const { country, slug } = clinic.data;
    const language = country === 'LV' ? 'lv' : 'et';
    const demo = demoSignIns.filter(({ email }) => email.endsWith(`@${slug}.example`));
    const doctor = practitioners.find(({ workplaces }) => workplaces[0].clinic === clinic);
    const people = [
      { role: 'registrar', email: emailOf(clinic, 'registrar'), ...clinic.registrar, practitionerId: null },
      { role: 'admin', email: emailOf(clinic, 'admin'), ...clinic.admin, practitionerId: null },
      ...(demo.length > 0 && doctor
        ? [
            {
              role: 'practitioner',
              email: emailOf(clinic, 'doctor'),
              id: newId(),
              name: `${doctor.name.givenName} ${doctor.name.familyName}`,
              practitionerId: doctor.id,
            },
          ]
        : []),
    ];
    for (const { id, name, role, email, practitionerId } of people) {
      const accountId = newId();
      account.add(accountId, email, createdAt, language, createdAt);
      member.add(id, accountId, clinic.id, role, practitionerId, name, since.toString());
      const signIn = demo.find((each) => each.email === email);
      if (signIn) credential.add(accountId, await hashPassword(signIn.password), seal(signIn.totpSecret));
    }
  }
  for (const table of [account, member, credential]) await table.flush();
}
