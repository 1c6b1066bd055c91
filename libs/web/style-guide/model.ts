import { withError } from '../src/forms/form-state.js';

const slots = (day: string, times: readonly string[]): { start: string }[] =>
  times.map((time) => ({ start: `${day}T${time}:00+02:00` }));

const zone = 'Europe/Riga';

/** Invented people and places, one of each component. */
export const styleGuideModel = {
  zone,
  now: '2026-12-01T09:00:00+02:00',
  expiresAt: '2026-12-01T09:09:30+02:00',
  form: withError(
    withError(
      { values: { email: 'ilze.berzina@', givenName: 'Ilze', payer: 'state', city: 'riga' }, errors: {}, mistakes: [] },
      'email',
      'email',
    ),
    'agreed',
    'agree',
  ),
  cities: [
    { value: 'riga', label: 'Rīga' },
    { value: 'tallinn', label: 'Tallinn' },
  ],
  payers: [
    { value: 'state', label: 'Valsts apmaksāts', hint: 'Vajadzīgs nosūtījums' },
    { value: 'paid', label: 'Maksas', hint: 'Cenu redzēsiet pie katra ārsta' },
  ],
  statuses: ['pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'noshow', 'cancelled'],
  steps: [{ label: 'Laiks', isDone: true }, { label: 'Jūsu dati', isCurrent: true }, { label: 'Apstiprināt' }],
  crumbs: [{ href: '/lv/', label: 'Meklēt laiku' }, { href: '/lv/clinics/dzintara', label: 'Dzintara klīnika' }, { label: 'Dr. Anna Kalniņa-Ozoliņa' }],
  segments: [
    { href: '#state', label: 'Valsts apmaksāts', icon: 'landmark', isCurrent: true },
    { href: '#paid', label: 'Maksas', icon: 'wallet' },
  ],
  practitioners: [
    {
      name: 'Dr. Anna Kalniņa-Ozoliņa', href: '#1', initials: 'AK', specialty: 'Oftalmologs', clinic: 'Dzintara klīnika',
      place: 'Brīvības iela 104, Rīga', payer: 'state', service: 'Oftalmologa konsultācija, 20 min', price: 400,
      languages: 'latviešu, krievu', zone, slots: slots('2026-12-03', ['09:20', '09:40', '11:00']).concat(slots('2026-12-04', ['08:00', '08:20'])),
      action: '#', fields: { calendarId: 'c1', serviceId: 's1' }, moreHref: '#more',
    },
    {
      name: 'Dr. Mārtiņš Šķēle', href: '#2', initials: 'MŠ', specialty: 'Oftalmologs, bērnu oftalmologs', clinic: 'Veselības centrs “Pie Daugavas”',
      place: 'Krasta iela 12, Daugavpils', payer: 'paid', service: 'Acu pārbaude, 40 min', price: 6500,
      languages: 'latviešu, angļu', zone, slots: slots('2026-12-07', ['14:00', '14:40']), action: '#', fields: { calendarId: 'c2' }, moreHref: '#more',
    },
    {
      name: 'Dr. Ņina Žukova', href: '#3', initials: 'ŅŽ', specialty: 'Oftalmologs', clinic: 'Dzintara klīnika', place: 'Liepāja', payer: 'paid',
      price: 4000, zone, slots: [], action: '#', fields: {}, moreHref: '#more', note: 'Decembrī brīvu laiku nav. Tuvākais brīvais laiks: 2027. gada 11. janvārī plkst. 10.00.',
    },
  ],
  week: [
    { date: '2026-11-30', isToday: true, slots: [] },
    { date: '2026-12-01', slots: slots('2026-12-01', ['09:20', '10:40', '11:00', '15:20']) },
    { date: '2026-12-02', slots: slots('2026-12-02', ['08:00', '08:20', '13:00']) },
    { date: '2026-12-03', slots: slots('2026-12-03', ['16:40']) },
    { date: '2026-12-04', slots: slots('2026-12-04', ['09:00', '09:20', '09:40', '10:00', '10:20']) },
    { date: '2026-12-05', slots: [], note: 'Slēgts' },
    { date: '2026-12-06', slots: [], note: 'Slēgts' },
  ],
  days: [
    { date: '2026-12-03', slots: slots('2026-12-03', ['09:20', '09:40', '11:00', '11:20', '15:00']) },
    { date: '2026-12-04', slots: slots('2026-12-04', ['08:00', '08:20']), moreHref: '#', moreLabel: 'Vēl 6 laiki' },
  ],
  weekdays: [['P', 'pirmdiena'], ['O', 'otrdiena'], ['T', 'trešdiena'], ['C', 'ceturtdiena'], ['P', 'piektdiena'], ['S', 'sestdiena'], ['Sv', 'svētdiena']]
    .map(([short, long]) => ({ short, long })),
  month: [
    [null, { day: 1, isToday: true, count: 0 }, { day: 2, count: 3, href: '#', isCurrent: true }, { day: 3, count: 12, href: '#' }, { day: 4, count: 1, href: '#' }, { day: 5, count: 0 }, { day: 6, count: 0 }],
    [{ day: 7, count: 8, href: '#' }, { day: 8, count: 9, href: '#' }, { day: 9, count: 0 }, { day: 10, count: 2, href: '#' }, { day: 11, count: 5, href: '#' }, { day: 12, count: 0 }, { day: 13, count: 0 }],
  ],
  visit: {
    start: '2026-12-03T09:20:00+02:00', zone, minutes: 20, service: 'Oftalmologa konsultācija', practitioner: 'Dr. Anna Kalniņa-Ozoliņa',
    clinic: 'Dzintara klīnika', address: 'Brīvības iela 104, Rīga, LV-1001', room: '214. kabinets', payer: 'state', price: 400, reference: '7QX4-M2KD-09WT-BRZH',
  },
  rows: [
    { time: '09:20', patient: 'Bērziņa Ilze', code: '••••••-11234', service: 'Konsultācija', payer: 'state', status: 'pending', isPortal: true },
    { time: '09:40', patient: 'Tamm Jüri', code: '3••••••••••', service: 'Acu pārbaude', payer: 'paid', status: 'booked', isPortal: false },
  ],
};
