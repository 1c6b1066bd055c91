import { describe, expect, it } from '@jest/globals';
import { languages } from '#libs/platform';
import { normalisePhone } from '#libs/people';
import { complaintBodies, isRegistrationNumber } from '#libs/profiles';
import { insurers } from '../../../migrations/lists/insurers.js';
import { officialSpecialties } from '../../../migrations/lists/official-specialties.js';
import { planClinics } from '../clinic-plan.js';
import type { AllWords } from '../words.js';
import { cities } from './cities.js';
import { clinics } from './clinics.js';
import * as estonia from './names-of-estonia.js';
import * as latvia from './names-of-latvia.js';
import { conditions } from './conditions.js';
import { preparations } from './preparations.js';
import { questions } from './questions.js';
import { services } from './services.js';
import { specialties } from './specialties.js';
import { weekShapes } from './week-shapes.js';
import { aboutAnyClinic, approaches, practisingSince } from './words-of-clinics.js';

const alphabets = {
  lv: /^[\p{P}\p{N}\s+€A-Za-zĀāČčĒēĢģĪīĶķĻļŅņŠšŪūŽž]*$/u,
  et: /^[\p{P}\p{N}\s+€A-Za-zÄäÕõÖöÜüŠšŽžĪīāēķš]*$/u,
  en: /^[\p{P}\p{N}\s+€A-Za-zĀāĪīäņ]*$/u,
  ru: /^[\p{P}\p{N}\s+€А-Яа-яЁёA-Za-zĪīē]*$/u,
} as const;

const texts: readonly (readonly [string, AllWords])[] = [
  ...specialties.flatMap(({ code, name, synonyms, focus }) => [
    [`${code} name`, name] as const,
    [`${code} synonyms`, synonyms] as const,
    [`${code} focus`, focus] as const,
  ]),
  ...services.map(({ code, name }) => [`service ${code}`, name] as const),
  ...Object.entries(preparations).map(([code, text]) => [`preparation ${code}`, text] as const),
  ...clinics.map(({ slug, about }) => [`clinic ${slug}`, about] as const),
  ...Object.entries(questions).flatMap(([code, all]) =>
    all.flatMap(({ words, advice, options = [] }, number) =>
      [words, ...(advice ? [advice] : []), ...options.map((option) => option.words)].map(
        (text, part) => [`question ${code} ${number}.${part}`, text] as const,
      ),
    ),
  ),
  ...approaches.map((text, number) => [`approach ${number}`, text] as const),
  ['practising since', practisingSince],
  ['any clinic', aboutAnyClinic],
];

describe('texts of the seed', () => {
  it.each(texts)('stand in four languages, each in its own letters: %s', (_name, text) => {
    for (const language of languages) {
      expect(text[language].trim().length).toBeGreaterThan(1);
      expect(text[language]).toBe(text[language].normalize('NFC'));
      expect(text[language]).toMatch(alphabets[language]);
    }
    expect(text.ru).toMatch(/[а-яё]/i);
  });
});

describe('profiles of the seed', () => {
  it('cover the cities, specialties and clinics that a newcomer should find', () => {
    expect(clinics.length).toBeGreaterThanOrEqual(12);
    expect(clinics.flatMap(({ branches }) => branches).length).toBeGreaterThanOrEqual(20);
    expect(specialties.length).toBeGreaterThanOrEqual(34);
    const served = new Set(clinics.flatMap(({ branches }) => branches.map(({ city }) => city)));
    expect([...served].sort()).toEqual(cities.map(({ code }) => code).sort());
  });

  it.each([
    ['specialties', specialties.map(({ code }) => code)],
    ['services', services.map(({ code }) => code)],
    ['clinics', clinics.map(({ slug }) => slug)],
    ['registration numbers', clinics.map(({ registrationNumber }) => registrationNumber)],
    ['insurers', insurers.map(({ id }) => id)],
  ])('name none of the %s twice', (_name, codes) => {
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('give every specialty something to book', () => {
    for (const { code } of specialties) {
      const own = services.filter((service) => service.specialties === 'all' || service.specialties.includes(code));
      expect(own.length).toBeGreaterThan(0);
    }
    const known = new Set(specialties.map(({ code }) => code));
    for (const service of services)
      for (const code of service.specialties === 'all' ? [] : service.specialties) expect(known).toContain(code);
  });

  it('ask, and set conditions, only for services that there are', () => {
    const known = services.map(({ code }) => code);
    for (const code of [...Object.keys(questions), ...Object.keys(conditions)]) expect(known).toContain(code);
    for (const { stops = [], stopAbove, advice, options = [], kind } of Object.values(questions).flat()) {
      expect(advice !== undefined).toBe(stops.length > 0 || stopAbove !== undefined);
      expect(options.length > 1).toBe(kind === 'choice');
    }
  });

  it('have telephone numbers and registration numbers in the national form', () => {
    const planned = planClinics(600, 0);
    const phones = planned.flatMap((clinic) => [clinic.phone, ...clinic.branches.map(({ phone }) => phone)]);
    for (const phone of phones) expect(normalisePhone(phone)).toBe(phone.replace(' ', ''));
    expect(new Set(phones).size).toBe(phones.length);
    for (const { data } of planned) expect(isRegistrationNumber(data.country, data.registrationNumber)).toBe(true);
    expect(new Set(planned.map(({ data }) => data.slug)).size).toBe(planned.length);
  });

  it('tell where emergencies and complaints go in both countries', () => {
    for (const { country, emergency } of cities) expect(emergency.phone).toBe(country === 'LV' ? '113' : '112');
    for (const country of ['LV', 'EE'] as const)
      for (const { phone, name } of complaintBodies[country]) {
        expect(name).not.toBe('');
        expect(normalisePhone(phone)).not.toBeNull();
      }
  });
});

describe('official specialties', () => {
  it('have the names that the seed knows them by, in four languages', () => {
    const official = new Map(officialSpecialties.map((each) => [each.id, each]));
    for (const { code, name, synonyms } of specialties) expect(official.get(code)).toMatchObject({ name, synonyms });
    expect(official.size).toBe(officialSpecialties.length);
    for (const { name, synonyms } of officialSpecialties)
      for (const language of languages) {
        expect(name[language]).toMatch(alphabets[language]);
        expect(synonyms[language]).toMatch(alphabets[language]);
      }
  });

  it('are those of both countries: all 33 that Estonia’s regulation names among its own', () => {
    expect(officialSpecialties.length).toBeGreaterThan(75);
    expect(officialSpecialties.filter(({ countries }) => countries.includes('EE')).length).toBeGreaterThan(45);
    expect(officialSpecialties.filter(({ countries }) => countries.includes('LV')).length).toBeGreaterThan(75);
  });
});

describe('names', () => {
  const lists = { ...latvia, ...estonia };

  it.each(Object.entries(lists))('are each there once: %s', (_name, names) => {
    expect(new Set(names).size).toBe(names.length);
  });

  it('are written in the letters of their language', () => {
    for (const [list, names] of Object.entries(latvia))
      for (const name of names)
        expect([list, name]).toEqual([list, expect.stringMatching(/^[A-ZĀČĒĢĪĶĻŅŠŪŽa-zāčēģīķļņšūž/]+$/)]);
    for (const [list, names] of Object.entries(estonia))
      for (const name of names) expect([list, name]).toEqual([list, expect.stringMatching(/^[A-ZÄÕÖÜŠŽa-zäõöüšž/]+$/)]);
  });

  it('decline: a Latvian man’s surname ends in -s, -š or a vowel, a woman’s in -a or -e', () => {
    for (const pair of [...latvia.latvianSurnames, ...latvia.russianSurnamesInLatvian]) {
      const [man, woman] = pair.split('/');
      expect(man).toMatch(/(?:[sš]|[ae])$/);
      expect(woman).toMatch(/[ae]$/);
    }
  });
});

describe('shapes of a week', () => {
  it('never put state and paid hours at the same time', () => {
    for (const { state, paid } of weekShapes) {
      const lines = [...state, ...paid].sort((a, b) => (a < b ? -1 : 1));
      const times = lines.map((line) => /^(\d) (\S{5})-(\S{5})/.exec(line)?.slice(1) ?? []);
      times.forEach(([weekday, starts = ''], number) => {
        const [dayBefore, , endedBefore = ''] = times[number - 1] ?? [];
        if (weekday === dayBefore) expect(starts >= endedBefore).toBe(true);
      });
    }
  });
});
