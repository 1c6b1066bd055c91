/** What can be brought in, in the order in which later kinds refer to earlier ones. */
export const kinds = ['branch', 'practitioner', 'service', 'calendar', 'offer', 'hours', 'appointment'] as const;
export type Kind = (typeof kinds)[number];

/** Kinds of which a clinic has few: they are checked together in memory. Only appointments come in tens of thousands. */
export type SmallKind = Exclude<Kind, 'appointment'>;

interface Table {
  /** The template's and the documentation's file name. */
  readonly file: string;
  /** By these a file is recognised: no two kinds share the same ones. */
  readonly told: readonly string[];
  readonly columns: readonly string[];
  /** Rows that show what is meant, in the template. */
  readonly examples: readonly (readonly string[])[];
}

const words = (name: string): string[] => ['lv', 'et', 'en', 'ru'].map((language) => `${name}_${language}`);
/** A calendar by its key, or by whose it is, where and who pays. */
const calendarOf = ['calendar', 'practitioner', 'branch', 'payer'];

const timesOfHours = ['weekday', 'starts', 'ends', 'valid_from', 'valid_to', 'weeks', 'every_nth_week', 'week_anchor'];

/** The files, their columns and an example row each. Columns are named in English in every country. */
export const tables: Readonly<Record<Kind, Table>> = {
  branch: {
    file: 'branches.csv',
    told: ['key', 'name', 'address', 'city'],
    columns: [
      'key',
      'name',
      'city',
      'address',
      'postal_code',
      'room',
      'phone',
      'email',
      'zone',
      'emergency_name',
      'emergency_address',
      'emergency_phone',
    ],
    examples: [
      [
        'centrs',
        'Centra filiāle',
        'Rīga',
        'Brīvības iela 1',
        'LV-1010',
        '2. stāvs',
        '+371 67000000',
        'centrs@klinika.example',
        'Europe/Riga',
        'Slimnīca',
        'Hipokrāta iela 2, Rīga',
        '113',
      ],
    ],
  },
  practitioner: {
    file: 'practitioners.csv',
    told: ['key', 'given_name', 'family_name', 'specialties'],
    columns: [
      'key',
      'given_name',
      'family_name',
      ...words('title'),
      'specialties',
      'languages',
      'active_from',
      'active_to',
    ],
    examples: [
      [
        'ozola',
        'Līga',
        'Ozola',
        'Kardioloģe',
        'Kardioloog',
        'Cardiologist',
        'Кардиолог',
        'cardiology',
        'lv|en|ru',
        '2026-01-01',
        '',
      ],
    ],
  },
  service: {
    file: 'services.csv',
    told: ['key', 'specialty', 'minutes'],
    columns: [
      'key',
      ...words('name'),
      'specialty',
      'minutes',
      'buffer_before',
      'buffer_after',
      'mode',
      'referral_required',
      ...words('preparation'),
    ],
    examples: [
      [
        'kons',
        'Kardiologa konsultācija',
        'Kardioloogi vastuvõtt',
        'Cardiology consultation',
        'Приём кардиолога',
        'cardiology',
        '30',
        '0',
        '5',
        'in-person',
        'yes',
        'Paņemiet iepriekšējos izrakstus.',
        '',
        '',
        '',
      ],
    ],
  },
  calendar: {
    file: 'calendars.csv',
    told: ['key', 'practitioner', 'branch', 'payer', 'confirmation'],
    columns: [
      'key',
      'practitioner',
      'branch',
      'payer',
      'confirmation',
      'grid_minutes',
      'minimum_notice_minutes',
      'horizon_days',
      'late_cancel_hours',
    ],
    examples: [
      ['ozola-centrs-valsts', 'ozola', 'centrs', 'state', 'automatic', '15', '60', '90', '24'],
      ['ozola-centrs-maksas', 'ozola', 'centrs', 'paid', 'automatic', '15', '60', '90', '24'],
    ],
  },
  offer: {
    file: 'offers.csv',
    told: ['calendar', 'service', 'price'],
    columns: [...calendarOf, 'service', 'price', 'minutes', 'buffer_before', 'buffer_after'],
    examples: [
      ['ozola-centrs-valsts', '', '', '', 'kons', '4.00', '', '', ''],
      ['ozola-centrs-maksas', '', '', '', 'kons', '45.00', '40', '', ''],
    ],
  },
  hours: {
    file: 'hours.csv',
    told: ['calendar', 'weekday', 'starts', 'ends'],
    columns: [...calendarOf, ...timesOfHours],
    examples: [
      ['ozola-centrs-valsts', '', '', '', '1', '09:00', '13:00', '2026-01-01', '', '', '', ''],
      ['ozola-centrs-maksas', '', '', '', '6', '09:00', '13:00', '2026-01-01', '', 'odd', '', ''],
    ],
  },
  appointment: {
    file: 'appointments.csv',
    told: ['key', 'service', 'start', 'given_name', 'family_name'],
    columns: [
      'key',
      ...calendarOf,
      'service',
      'start',
      'minutes',
      'given_name',
      'family_name',
      'country',
      'person_code',
      'birth_date',
      'email',
      'phone',
      'language',
    ],
    examples: [
      [
        '4711',
        '',
        'ozola',
        'centrs',
        'state',
        'kons',
        '2027-01-11 09:30',
        '30',
        'Jānis',
        'Bērziņš',
        'LV',
        '',
        '1980-05-17',
        'janis@epasts.example',
        '+371 21234567',
        'lv',
      ],
    ],
  },
};

/** Which kind a table's header names, or null. The one with the most telling columns wins. */
export function kindOfHeader(columns: readonly string[]): Kind | null {
  const fitting = kinds.filter((kind) => tables[kind].told.every((column) => columns.includes(column)));
  return fitting.sort((a, b) => tables[b].told.length - tables[a].told.length)[0] ?? null;
}
