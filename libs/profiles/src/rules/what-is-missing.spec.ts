import { describe, expect, it } from '@jest/globals';
import { type ClinicToPublish, missingOfClinic, missingOfPractitioner } from './what-is-missing.js';

const branch = {
  id: 'b',
  city: 'Rīga',
  address: 'Brīvības iela 1',
  phone: '+37167000000',
  emergency: { name: 'Slimnīca', address: 'Hipokrāta iela 2', phone: '113' },
  reception: [{}],
};

const whole: ClinicToPublish = {
  country: 'LV',
  name: 'Saules klīnika',
  registrationNumber: '40003052786',
  address: 'Brīvības iela 1, Rīga',
  phone: '+37167000000',
  email: 'a@saule.example',
  about: { lv: 'Ģimenes ārsti.' },
  complaintContacts: [{ name: 'Veselības inspekcija', phone: '+371 67081600' }],
  branches: [branch],
};

const paths = (clinic: Partial<ClinicToPublish>): string[] =>
  missingOfClinic({ ...whole, ...clinic }).map(({ path }) => path);

describe('a clinic that wants to publish', () => {
  it('lacks nothing when its card and board are whole', () => {
    expect(paths({})).toEqual([]);
  });

  it('lacks what is empty or only spaces, in the order of the wizard', () => {
    expect(
      paths({ name: ' ', registrationNumber: '1', address: '', email: '', about: { en: 'Doctors' }, branches: [] }),
    ).toEqual(['name', 'registrationNumber', 'address', 'email', 'about.lv', 'branches']);
  });

  it('lacks each part of a branch’s board by itself', () => {
    const halves = { ...branch, emergency: { name: 'Slimnīca', address: '', phone: '' }, reception: [] };
    expect(paths({ branches: [branch, halves] })).toEqual([
      'branches.b.reception.0.specialty',
      'branches.b.emergency.address',
    ]);
  });

  it('names whom to complain to, and how to reach them: one body in Latvia, two in Estonia', () => {
    expect(paths({ complaintContacts: [{ name: 'Veselības inspekcija' }] })).toEqual(['complaints.0.name']);
    const estonian = { country: 'EE', registrationNumber: '10060701', about: { et: 'Perearstid.' } } as const;
    expect(paths(estonian)).toEqual(['complaints.1.name']);
    const both = ['Terviseamet', 'Tervisekassa'].map((name) => ({ name, email: 'info@example.ee' }));
    expect(paths({ ...estonian, complaintContacts: both })).toEqual([]);
  });
});

describe('a practitioner who is to be published', () => {
  it('has a name, a specialty and a language', () => {
    const card = { givenName: 'Anna', familyName: 'Ozola', specialties: ['cardiology'], languages: ['lv'] };
    expect(missingOfPractitioner(card)).toEqual([]);
    expect(missingOfPractitioner({ ...card, specialties: [], languages: [] }).map(({ path }) => path)).toEqual([
      'specialties.0',
      'languages',
    ]);
  });
});
