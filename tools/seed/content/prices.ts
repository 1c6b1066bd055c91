import type { Country } from '#libs/holidays';
import { teeth } from './teeth.js';
import type { Specialty } from './specialties.js';
import type { ServiceKind } from './services.js';

const centsOfTier = { 1: 3500, 2: 5000, 3: 6500, 4: 8000 } as const;

/**
 * What the patient pays for a state-paid visit, in cents: the Latvian co-payment (Cabinet rules No. 555, annex 13)
 * and the Estonian visit fee (Health Insurance Act § 72). Pregnancy is free in both, family medicine in Estonia,
 * children in Latvia; the state pays for the teeth of children only.
 */
const stateCents = (country: Country, specialty: Specialty, service: ServiceKind): number => {
  const group = service.patients ?? specialty.patients;
  if (service.code === 'pregnancy-visit' || specialty.code === 'midwifery') return 0;
  if (group === 'children') return country === 'LV' || teeth.includes(specialty.code) ? 0 : 500;
  if (specialty.code === 'family-medicine' || specialty.code === 'nursing') return country === 'LV' ? 200 : 0;
  if (teeth.includes(specialty.code)) return 0;
  return country === 'LV' ? 400 : 2000;
};

/** Price of a service in euro cents for the patient; paid prices in Estonia are a fifth higher, rounded to five euros. */
export const priceOf = (
  country: Country,
  payer: 'state' | 'paid',
  specialty: Specialty,
  service: ServiceKind,
): number => {
  if (payer === 'state') return stateCents(country, specialty, service);
  const visit = centsOfTier[specialty.tier];
  const cents = service.cents ?? (service.code === 'first-visit' ? visit : Math.round((visit * 0.7) / 500) * 500);
  return country === 'LV' ? cents : Math.ceil((cents * 1.2) / 500) * 500;
};

const longFirstVisit: Readonly<Record<string, number>> = {
  psychiatry: 50,
  'child-psychiatry': 60,
  'clinical-psychology': 50,
  'medical-genetics': 50,
  dietetics: 45,
  'speech-therapy': 45,
  physiotherapy: 45,
  'dental-hygiene': 60,
  'family-medicine': 20,
  nursing: 20,
};

const longRepeatVisit: Readonly<Record<string, number>> = {
  psychiatry: 30,
  'child-psychiatry': 40,
  'clinical-psychology': 50,
  physiotherapy: 30,
  'dental-hygiene': 45,
  'family-medicine': 15,
  nursing: 15,
};

/** Length of a service at a specialty, in minutes. */
export const minutesOf = (specialty: Specialty, service: ServiceKind): number => {
  if (service.code === 'first-visit') return longFirstVisit[specialty.code] ?? service.minutes;
  if (service.code === 'repeat-visit') return longRepeatVisit[specialty.code] ?? service.minutes;
  return service.minutes;
};
