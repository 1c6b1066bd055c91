import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import type { AppointmentView } from '#libs/appointments';
import { writeInvitation } from '../invitation/invitation.js';
import type { StepLetter } from '../queries/letter-of-step.js';
import { methodOf } from '../rules/letter-kind.js';
import { stampsOf } from '../rules/stamps.js';
import { compose } from '../transports/compose.js';
import { renderLetter } from './letter-templates.js';
import { stepLetter } from './step-letter.js';
import { invitationFor } from './visit.js';

/**
 * The letters of one visit's life, byte for byte as they leave. Whoever changes words, looks or bytes on purpose renews
 * them and reads the difference before it is committed:
 *
 *     GOLDEN=renew node --experimental-vm-modules node_modules/jest/bin/jest.js letters/golden
 */
const folder = join(import.meta.dirname, '../../../../../libs/notifications/src/letters/golden');
const isRenewed = process.env['GOLDEN'] === 'renew';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const inAll = (text: string) => ({ lv: text, et: text, en: text, ru: text });

const view: AppointmentView = {
  id: '01a20000-0000-7000-8000-000000000001',
  reference: '7K3MZ9QXPD4TWH2A',
  status: 'booked',
  version: 1,
  sequence: 0,
  icsUid: '5e3c2b7e-3f0a-4b7e-9d55-8f5b9f7f4d10',
  origin: 'portal',
  payer: 'paid',
  start: at('2027-03-28T07:00:00Z'),
  end: at('2027-03-28T07:30:00Z'),
  timeZone: 'Europe/Riga',
  priceCents: 45_00,
  language: 'lv',
  createdAt: at('2027-02-22T08:00:00Z'),
  createdByKind: 'guest',
  answerDueAt: null,
  former: null,
  lateCancel: false,
  cancelReason: null,
  cancelDeadline: null,
  lateCancelHours: 24,
  calendarId: '01a20000-0000-7000-8000-000000000002',
  confirmation: 'automatic',
  clinic: {
    id: '01a20000-0000-7000-8000-000000000003',
    slug: 'liepu-klinika',
    name: 'Liepu klīnika „Ābeļzieds”; SIA',
    country: 'LV',
    registrationNumber: '40003123456',
    phone: '+37167000000',
    email: 'birojs@clinic.example',
    namedInLetters: true,
    practitionerNamedInLetters: false,
  },
  branch: {
    id: '01a20000-0000-7000-8000-000000000004',
    slug: 'centrs',
    name: 'Centrs',
    city: 'Rīga',
    address: 'Brīvības iela 214, k-2',
    postalCode: 'LV-1039',
    room: '12',
    phone: '+371 6712 3456',
  },
  practitioner: {
    id: '01a20000-0000-7000-8000-000000000005',
    kind: 'practitioner',
    slug: 'anna-kalnina',
    title: inAll('ārste'),
    givenName: 'Anna',
    familyName: 'Kalniņa',
    name: 'Anna Kalniņa',
  },
  service: {
    id: '01a20000-0000-7000-8000-000000000006',
    name: inAll('Konsultācija'),
    minutes: 30,
    preparation: inAll(''),
    mode: 'in-person',
    specialtyId: 'family-medicine',
  },
  patient: { id: '01a20000-0000-7000-8000-000000000007', givenName: 'Ilze', familyName: 'Bērziņa' },
  accountId: null,
  contactEmail: 'ilze.berzina@patient.example',
  contactPhone: null,
  reasonSealed: null,
  wishesSms: false,
  mailReminders: true,
  patientConfirmedAt: null,
  isStrict: false,
  lastStep: null,
};

const step: Omit<StepLetter, 'kind' | 'view'> = {
  actorKind: 'guest',
  fromStatus: 'booked',
  toStatus: 'booked',
  reasonCode: null,
  offered: [],
  offeredUntil: null,
  fromStart: null,
  fromPlace: null,
  isProven: true,
};

const moved = (time: string) => ({
  start: at(`2027-03-28T${time}:00Z`),
  end: at(`2027-03-28T${time}:00Z`).add({ minutes: 30 }),
});
const { address, city, postalCode, room } = view.branch;

/** On the day on which the clocks change, moved twice and cancelled; then the same time for a new visit. */
const life: [name: string, told: StepLetter][] = [
  ['1-booked', { ...step, kind: 'booked', fromStatus: null, view }],
  ['2-moved', { ...step, kind: 'moved', fromStart: view.start, view: { ...view, sequence: 1, ...moved('08:00') } }],
  [
    '3-moved-by-clinic',
    {
      ...step,
      kind: 'moved',
      actorKind: 'staff',
      fromStart: at('2027-03-28T08:00:00Z'),
      view: { ...view, sequence: 2, ...moved('09:15') },
    },
  ],
  [
    '4-another-room',
    {
      ...step,
      kind: 'details-changed',
      actorKind: 'staff',
      fromPlace: { address, city, postalCode, room },
      view: { ...view, sequence: 3, ...moved('09:15'), branch: { ...view.branch, room: '7a' } },
    },
  ],
  [
    '5-cancelled',
    {
      ...step,
      kind: 'cancelled',
      toStatus: 'cancelled',
      view: {
        ...view,
        status: 'cancelled',
        sequence: 4,
        ...moved('09:15'),
        branch: { ...view.branch, room: '7a' },
      },
    },
  ],
  [
    '6-booked-again',
    {
      ...step,
      kind: 'booked',
      fromStatus: null,
      view: {
        ...view,
        ...moved('09:15'),
        id: '01a20000-0000-7000-8000-000000000008',
        icsUid: '91d3a7c4-6a58-4c0e-8f0b-2f6f0d1c7b55',
        reference: '8M4NA1RYQE5VXJ3B',
      },
    },
  ],
];

const messageId = (n: number): string => `<${String(n).padStart(40, '0')}@book.example>`;

describe('the letters of one visit’s life', () => {
  const from = { name: 'Pieraksts', address: 'no-reply@book.example' };
  const now = at('2027-02-22T08:00:00Z');
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  beforeAll(() => {
    process.env['DATABASE_URL'] ??= 'postgres://nobody@127.0.0.1:1/none';
    process.env['SECRET_KEYS'] ??= 'a key for tests that guards nothing at all';
    process.env['BOOKING_URL'] = 'https://book.example';
    process.env['MAIL_FROM'] = 'Pieraksts <no-reply@book.example>';
    if (isRenewed) mkdirSync(folder, { recursive: true });
  });

  const same = (name: string, bytes: Buffer): void => {
    if (isRenewed) writeFileSync(join(folder, name), bytes);
    expect(bytes.toString('utf8')).toBe(readFileSync(join(folder, name), 'utf8'));
  };

  // Within one second, so that the stamps have to rise by themselves.
  const stamps = stampsOf(life.map(() => now));

  it.each(life.map(([name, told], n) => [name, told, n] as const))('%s', async (name, told, n) => {
    const { visit, letter } = stepLetter(told, { stamp: stamps[n] ?? now, now });
    const to = 'ilze.berzina@patient.example';
    const method = methodOf(visit.status);
    const content = writeInvitation(invitationFor(visit, method, from, to));
    same(`${name}.ics`, Buffer.from(content));
    const html = renderLetter('appointment', 'lv', letter);
    const isFirst = n === 0 || n === life.length - 1;
    const references = isFirst ? [] : Array.from({ length: n }, (_, before) => messageId(before));
    const outgoing = {
      to,
      language: 'lv' as const,
      subject: letter.subject,
      ...html,
      messageId: messageId(n),
      references,
    };
    // The composer would make a boundary up; its types do not know that it can be given.
    const fixed: object = { baseBoundary: 'golden' };
    const { message } = await composer.sendMail({
      ...fixed,
      ...compose({ ...outgoing, invitation: { method, content } }, from),
      date: new Date(now.epochMilliseconds),
    });
    same(`${name}.eml`, message as Buffer);
  });
});
