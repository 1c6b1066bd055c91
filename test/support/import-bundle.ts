/** A FHIR R4 Bundle as another system exports it: references of every sort, and what belongs to nobody's calendar. */
const extension = (name: string, value: object): object => ({
  url: `https://pieraksts.example/fhir/StructureDefinition/${name}`,
  ...value,
});
const payer = (code: string): object[] => [extension('payer', { valueCode: code })];

export const patient = (id: string, more: object = {}): object => ({
  fullUrl: `urn:uuid:00000000-0000-4000-8000-${id.padStart(12, '0')}`,
  resource: {
    resourceType: 'Patient',
    identifier: [{ system: 'https://fhir.ee/sid/pid/est/ni', value: '37605030299' }],
    name: [{ use: 'official', family: 'Tamm', given: ['Mari', 'Liis'] }],
    telecom: [
      { system: 'phone', value: '+372 5123 4567', use: 'mobile' },
      { system: 'email', value: 'mari@post.example' },
    ],
    communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'et-EE' }] } }],
    ...more,
  },
});

const participants = (...references: (string | object)[]): object[] =>
  references.map((reference) => ({
    actor: typeof reference === 'string' ? { reference } : reference,
    status: 'accepted',
  }));

const base = 'https://his.kliinik.example/fhir';

export const appointment = (id: string, more: object = {}): object => ({
  fullUrl: `${base}/Appointment/${id}`,
  resource: {
    resourceType: 'Appointment',
    id,
    identifier: [{ system: `${base}/sid/appointment`, value: id }],
    status: 'booked',
    start: '2026-03-16T09:00:00+02:00',
    end: '2026-03-16T09:30:00+02:00',
    slot: [{ reference: 'Slot/1' }],
    participant: participants(
      'urn:uuid:00000000-0000-4000-8000-000000000001',
      'Practitioner/dr-1',
      'HealthcareService/hs-1',
    ),
    ...more,
  },
});

export const clinicEntries: readonly object[] = [
  // Ahead of everything that it refers to.
  appointment('a1'),
  {
    fullUrl: `${base}/Location/er`,
    resource: {
      resourceType: 'Location',
      id: 'er',
      name: 'Põhja-Eesti Regionaalhaigla EMO',
      type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'ER' }] }],
      telecom: [{ system: 'phone', value: '112' }],
      address: { line: ['J. Sütiste tee 19'], city: 'Tallinn' },
    },
  },
  {
    fullUrl: `${base}/Location/loc-1`,
    resource: {
      resourceType: 'Location',
      id: 'loc-1',
      name: 'Kesklinn',
      telecom: [{ system: 'phone', value: '+372 667 2222' }],
      address: { line: ['Narva mnt 5'], city: 'Tallinn', postalCode: '10117' },
    },
  },
  {
    fullUrl: `${base}/Practitioner/dr-1`,
    resource: {
      resourceType: 'Practitioner',
      id: 'dr-1',
      name: [{ family: 'Sepp', given: ['Tõnu'] }],
      communication: [{ coding: [{ code: 'et' }] }, { coding: [{ code: 'en' }] }],
    },
  },
  {
    fullUrl: `${base}/PractitionerRole/role-1`,
    resource: {
      resourceType: 'PractitionerRole',
      id: 'role-1',
      practitioner: { reference: `${base}/Practitioner/dr-1` },
      location: [{ reference: 'Location/loc-1' }],
      healthcareService: [{ reference: 'HealthcareService/hs-1' }],
      specialty: [{ coding: [{ code: '394579002', display: 'Cardiology' }, { code: 'cardiology' }] }],
      period: { start: '2026-01-01' },
      availableTime: [{ daysOfWeek: ['mon', 'tue'], availableStartTime: '09:00:00', availableEndTime: '17:00:00' }],
    },
  },
  {
    fullUrl: `${base}/HealthcareService/hs-1`,
    resource: {
      resourceType: 'HealthcareService',
      id: 'hs-1',
      name: 'Kardioloogi vastuvõtt',
      _name: {
        extension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/translation',
            extension: [
              { url: 'lang', valueCode: 'en' },
              { url: 'content', valueString: 'Cardiology visit' },
            ],
          },
        ],
      },
      specialty: [{ coding: [{ code: 'cardiology' }] }],
      extension: [
        extension('visit-length', { valueInteger: 30 }),
        extension('price', { valueMoney: { value: 55.5, currency: 'EUR' } }),
      ],
    },
  },
  {
    fullUrl: `${base}/Schedule/sch-1`,
    resource: {
      resourceType: 'Schedule',
      id: 'sch-1',
      extension: payer('paid'),
      actor: [{ reference: 'PractitionerRole/role-1' }],
    },
  },
  {
    fullUrl: `${base}/Schedule/sch-2`,
    resource: {
      resourceType: 'Schedule',
      id: 'sch-2',
      extension: payer('state'),
      actor: [
        { reference: 'Practitioner/dr-1' },
        { reference: 'Location/loc-1' },
        { reference: 'HealthcareService/hs-1' },
      ],
    },
  },
  {
    fullUrl: `${base}/Slot/1`,
    resource: { resourceType: 'Slot', id: '1', schedule: { reference: 'Schedule/sch-1' }, status: 'busy' },
  },
  patient('1'),
  { resource: { resourceType: 'Organization', id: 'org' } },
];

export const bundle = (...entries: object[]): string =>
  JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: entries }, null, 1);

export { participants };
