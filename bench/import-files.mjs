// A clinic with a hundred practitioners, in both formats that an import reads.

const practitioners = 100;
const visitMinutes = 20;
const visitsADay = 24;

/** Visits side by side from 9:00 on working days from tomorrow on; every patient comes twice. */
export function clinicOf(appointments) {
  const days = [];
  for (
    let day = Temporal.Now.plainDateISO('Europe/Riga').add({ days: 1 });
    days.length < 100;
    day = day.add({ days: 1 })
  )
    if (day.dayOfWeek < 6) days.push(day);
  return Array.from({ length: appointments }, (_, n) => {
    const practitioner = n % practitioners;
    const nth = Math.floor(n / practitioners);
    const day = days[Math.floor(nth / visitsADay)];
    const minute = 9 * 60 + (nth % visitsADay) * visitMinutes;
    // The second visit of a patient is half of all visits later, and so at another time.
    const patient = n % Math.ceil(appointments / 2);
    const at = (minutes) =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    return {
      key: String(n + 1),
      practitioner,
      patient,
      start: `${day}T${at(minute)}`,
      end: `${day}T${at(minute + visitMinutes)}`,
      given: ['Anna', 'Jānis', 'Līga', 'Mārtiņš', 'Žanete'][patient % 5],
      family: `Bērziņš-${patient.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)])}`,
      code: `32${String(100_000_000 + patient)}`,
      email: `p${patient}@epasts.example`,
      phone: `+3712${String(1_000_000 + (patient % 999_999)).padStart(7, '0')}`,
    };
  });
}

const table = (...rows) => rows.map((row) => row.join(',')).join('\n') + '\n';
const everyDay = [1, 2, 3, 4, 5];

export function tablesOf(visits) {
  const all = Array.from({ length: practitioners }, (_, n) => n);
  return {
    'branches.csv': table(
      ['key', 'name', 'city', 'address', 'emergency_name', 'emergency_address', 'emergency_phone'],
      ['b', 'Centrs', 'Rīga', 'Brīvības iela 1', 'Slimnīca', 'Hipokrāta iela 2', '113'],
    ),
    'practitioners.csv': table(
      ['key', 'given_name', 'family_name', 'specialties'],
      ...all.map((n) => [
        `p${n}`,
        'Ārsts',
        `Kalniņš-${String.fromCharCode(97 + (n % 26))}${String.fromCharCode(97 + Math.floor(n / 26))}`,
        'cardiology',
      ]),
    ),
    'services.csv': table(
      ['key', 'name_lv', 'specialty', 'minutes'],
      ['s', 'Konsultācija', 'cardiology', visitMinutes],
    ),
    'calendars.csv': table(
      ['key', 'practitioner', 'branch', 'payer', 'confirmation'],
      ...all.map((n) => [`c${n}`, `p${n}`, 'b', 'paid', 'automatic']),
    ),
    'offers.csv': table(['calendar', 'service', 'price'], ...all.map((n) => [`c${n}`, 's', '30.00'])),
    'hours.csv': table(
      ['calendar', 'weekday', 'starts', 'ends'],
      ...all.flatMap((n) => everyDay.map((day) => [`c${n}`, day, '09:00', '18:00'])),
    ),
    'appointments.csv': table(
      [
        'key',
        'calendar',
        'payer',
        'service',
        'start',
        'given_name',
        'family_name',
        'country',
        'person_code',
        'email',
        'phone',
        'language',
      ],
      ...visits.map((v) => [
        v.key,
        `c${v.practitioner}`,
        'paid',
        's',
        v.start,
        v.given,
        v.family,
        'LV',
        v.code,
        v.email,
        v.phone,
        'lv',
      ]),
    ),
  };
}

const ours = (name, value) => ({ url: `https://pieraksts.example/fhir/StructureDefinition/${name}`, ...value });

/** The offset of the zone then: a Bundle's instants have one. */
const instant = (local) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Riga').toString({ timeZoneName: 'never' });

export function bundleOf(visits) {
  const resource = (type, id, more) => ({
    fullUrl: `https://his.example/${type}/${id}`,
    resource: { resourceType: type, id, ...more },
  });
  const all = Array.from({ length: practitioners }, (_, n) => n);
  const patients = new Map(visits.map((visit) => [visit.patient, visit]));
  const entries = [
    resource('Location', 'er', {
      name: 'Slimnīca',
      type: [{ coding: [{ code: 'ER' }] }],
      telecom: [{ system: 'phone', value: '113' }],
      address: { line: ['Hipokrāta iela 2'], city: 'Rīga' },
    }),
    resource('Location', 'b', { name: 'Centrs', address: { line: ['Brīvības iela 1'], city: 'Rīga' } }),
    resource('HealthcareService', 's', {
      name: 'Konsultācija',
      specialty: [{ coding: [{ code: 'cardiology' }] }],
      extension: [
        ours('visit-length', { valueInteger: visitMinutes }),
        ours('price', { valueMoney: { value: 30, currency: 'EUR' } }),
      ],
    }),
    ...all.flatMap((n) => [
      resource('Practitioner', `p${n}`, {
        name: [
          {
            given: ['Ārsts'],
            family: `Kalniņš-${String.fromCharCode(97 + (n % 26))}${String.fromCharCode(97 + Math.floor(n / 26))}`,
          },
        ],
      }),
      resource('PractitionerRole', `r${n}`, {
        practitioner: { reference: `Practitioner/p${n}` },
        location: [{ reference: 'Location/b' }],
        healthcareService: [{ reference: 'HealthcareService/s' }],
        specialty: [{ coding: [{ code: 'cardiology' }] }],
        availableTime: [
          {
            daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri'],
            availableStartTime: '09:00:00',
            availableEndTime: '18:00:00',
          },
        ],
      }),
      resource('Schedule', `c${n}`, {
        extension: [ours('payer', { valueCode: 'paid' })],
        actor: [{ reference: `PractitionerRole/r${n}` }],
      }),
    ]),
    ...[...patients].map(([id, visit]) =>
      resource('Patient', `q${id}`, {
        identifier: [{ type: { coding: [{ code: 'NNLVA' }] }, value: visit.code }],
        name: [{ use: 'official', family: visit.family, given: [visit.given] }],
        telecom: [
          { system: 'phone', value: visit.phone },
          { system: 'email', value: visit.email },
        ],
        communication: [{ language: { coding: [{ code: 'lv' }] } }],
      }),
    ),
    ...visits.map((visit) =>
      resource('Appointment', visit.key, {
        identifier: [{ system: 'https://his.example/appointments', value: visit.key }],
        status: 'booked',
        start: instant(visit.start),
        end: instant(visit.end),
        participant: [
          { actor: { reference: `Patient/q${visit.patient}` }, status: 'accepted' },
          { actor: { reference: `PractitionerRole/r${visit.practitioner}` }, status: 'accepted' },
          { actor: { reference: 'HealthcareService/s' }, status: 'accepted' },
        ],
      }),
    ),
  ];
  return { 'bundle.json': JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: entries }) };
}
