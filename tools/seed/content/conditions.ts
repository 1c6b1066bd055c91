import type { ForWhom } from '#libs/profiles';

/** For whom a service is, and by which rules it is booked; what is absent is as usual. */
export interface Conditions {
  /** In completed years, both included. */
  readonly ages?: { readonly from?: number; readonly to?: number };
  readonly sex?: ForWhom['sex'];
  readonly groups?: ForWhom['targetGroups'];
  readonly visit?: ForWhom['visitKind'];
  /** A referral is needed whoever pays. */
  readonly referral?: 'all';
  /** The clinic looks at each request, whatever its calendar does. */
  readonly confirmation?: 'manual';
  readonly noticeHours?: number;
  readonly lateCancelHours?: number;
  /** What a room or device must be good for, at clinics that keep such. */
  readonly needs?: string;
}

const ultrasound = { needs: 'ultrasound' } as const;

/** By the code of the service. */
export const conditions: Readonly<Record<string, Conditions>> = {
  'child-check': { ages: { to: 17 } },
  'hygiene-child': { ages: { to: 17 } },
  'pregnancy-visit': { groups: ['pregnant'] },
  breastfeeding: { sex: 'female' },
  mammography: { ages: { from: 40 }, sex: 'female' },
  'cervical-screening': { ages: { from: 25, to: 70 }, sex: 'female' },
  'ultrasound-women': { sex: 'female', ...ultrasound },
  'ultrasound-abdomen': ultrasound,
  'ultrasound-thyroid': ultrasound,
  'ultrasound-kidneys': ultrasound,
  'doppler-veins': ultrasound,
  gastroscopy: { ages: { from: 18 }, noticeHours: 24, lateCancelHours: 48 },
  // The diet before it takes three days.
  colonoscopy: { ages: { from: 18 }, noticeHours: 72, lateCancelHours: 72 },
  'driver-health-check': { ages: { from: 16 } },
  'rehabilitation-plan': { visit: 'first' },
  'genetic-counselling': { confirmation: 'manual' },
  'implant-consultation': { confirmation: 'manual' },
  'scar-correction': { confirmation: 'manual', ages: { from: 18 } },
  'chest-x-ray': { referral: 'all', lateCancelHours: 12 },
  'flu-vaccination': { groups: ['pensioner', 'pregnant', 'chronic-illness'], ages: { from: 18 } },
  'flu-vaccination-paid': { ages: { from: 18 } },
};
