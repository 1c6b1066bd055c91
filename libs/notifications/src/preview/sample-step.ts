import type { AppointmentView } from '#libs/appointments';
import { type Database, languages, translate, type Words } from '#libs/platform';
import type { StepLetter } from '../queries/letter-of-step.js';

const wordsOf = (key: string): Words => Object.fromEntries(languages.map((each) => [each, translate(each, key)]));

interface Row {
  clinic: AppointmentView['clinic'];
  branch: (AppointmentView['branch'] & { zone: string }) | null;
}

const nobody = '00000000-0000-4000-8000-000000000000';

/** A booking that nobody made, at the clinic as it is: for a clinic that has no visits yet. A week ahead, at ten. */
export async function sampleStep(database: Database, clinicId: string, now: Temporal.Instant): Promise<StepLetter> {
  const [row] = await database.read<Row>(
    `select json_build_object('id', k.id, 'slug', k.slug, 'name', k.name, 'country', k.country,
              'registrationNumber', k.registration_number, 'phone', k.phone, 'email', k.email,
              'namedInLetters', k.named_in_letters, 'practitionerNamedInLetters', k.practitioner_named_in_letters) as clinic,
            (select json_build_object('id', b.id, 'slug', b.slug, 'name', b.name, 'city', b.city, 'address', b.address,
                      'postalCode', b.postal_code, 'room', b.room, 'phone', b.phone, 'zone', b.zone)
               from branch b where b.clinic_id = k.id order by b.name limit 1) as branch
       from clinic k where k.id = $1`,
    [clinicId],
  );
  if (!row) throw new Error('a clinic that is signed in is not there');
  const { clinic } = row;
  const isEstonian = clinic.country === 'EE';
  const branch = row.branch ?? {
    id: nobody,
    slug: 'sample',
    name: '',
    city: isEstonian ? 'Tallinn' : 'Rīga',
    address: isEstonian ? 'Pärnu maantee 1' : 'Brīvības iela 1',
    postalCode: isEstonian ? '10141' : 'LV-1010',
    room: '1',
    phone: clinic.phone,
    zone: isEstonian ? 'Europe/Tallinn' : 'Europe/Riga',
  };
  const day = now.toZonedDateTimeISO(branch.zone).toPlainDate().add({ days: 7 });
  const start = day.toZonedDateTime({ timeZone: branch.zone, plainTime: '10:00' }).toInstant();
  const view: AppointmentView = {
    id: nobody,
    reference: 'AAAABBBBCCCCDDDD',
    status: 'booked',
    version: 1,
    sequence: 0,
    icsUid: nobody,
    origin: 'portal',
    payer: 'paid',
    start,
    end: start.add({ minutes: 30 }),
    timeZone: branch.zone,
    priceCents: 0,
    language: isEstonian ? 'et' : 'lv',
    createdAt: now,
    createdByKind: 'guest',
    answerDueAt: null,
    former: null,
    lateCancel: false,
    cancelReason: null,
    cancelDeadline: start.subtract({ hours: 24 }),
    lateCancelHours: 24,
    calendarId: nobody,
    confirmation: 'automatic',
    clinic,
    branch,
    practitioner: {
      id: nobody,
      kind: 'practitioner',
      slug: 'sample',
      title: {},
      givenName: translate(isEstonian ? 'et' : 'lv', 'letters.sample.given-name'),
      familyName: translate(isEstonian ? 'et' : 'lv', 'letters.sample.family-name'),
      name: translate(isEstonian ? 'et' : 'lv', 'letters.sample.name'),
    },
    service: {
      id: nobody,
      name: wordsOf('letters.sample.service'),
      minutes: 30,
      preparation: {},
      mode: 'in-person',
      specialtyId: 'sample',
    },
    patient: { id: nobody, givenName: '', familyName: '' },
    accountId: null,
    contactEmail: null,
    contactPhone: null,
    wishesSms: false,
    mailReminders: true,
    isStrict: false,
    patientConfirmedAt: null,
    reasonSealed: null,
    lastStep: null,
  };
  return {
    kind: 'booked',
    actorKind: 'guest',
    fromStatus: null,
    toStatus: 'booked',
    reasonCode: null,
    offered: [],
    offeredUntil: null,
    fromStart: null,
    fromPlace: null,
    isProven: true,
    view,
  };
}
