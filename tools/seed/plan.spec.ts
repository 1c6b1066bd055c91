import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { isPublicHoliday } from '#libs/holidays';
import { normalisePhone, parsePersonCode } from '#libs/people';
import { planAppointments, type PlannedAppointment } from './appointment-plan.js';
import { planCalendars } from './calendar-plan.js';
import { planClinics } from './clinic-plan.js';
import { unfinishedClinic } from './content/unfinished-clinic.js';
import { patientGroups } from './load-patients.js';
import { openingPlanner } from './opening-plan.js';
import { patientChooser } from './patient-choice.js';
import { patientsOf } from './patient-plan.js';
import { personCodeOf } from './person-code.js';
import { planPractitioners } from './practitioner-plan.js';
import { randomOf } from './random.js';
import { staffRoles } from '#libs/access';
import { demoSignIns } from './demo-people.js';

const today = Temporal.PlainDate.from('2026-11-22');

function planOf(day: Temporal.PlainDate, count: number) {
  const clinics = planClinics(count, 0);
  const practitioners = planPractitioners(clinics, count, day, 0);
  const { services, calendars } = planCalendars(practitioners, day, day.subtract({ days: 365 }), 0);
  const openingsOf = openingPlanner(day.subtract({ days: 14 }), day.add({ days: 91 }));
  const midnight = day.toZonedDateTime('Europe/Riga').epochMilliseconds;
  const groupsOf = patientGroups(calendars);
  const patientOf = patientChooser((clinic, group) => groupsOf(clinic).get(group) ?? 0);
  const appointments: (PlannedAppointment & { patientId: string })[] = practitioners.flatMap((practitioner) => {
    const own = calendars
      .filter((calendar) => calendar.practitioner === practitioner)
      .map((calendar) => ({ calendar, openings: openingsOf(calendar) }));
    const random = randomOf('appointments', day.toString(), practitioner.number);
    return planAppointments(own, midnight, Infinity, random).map((each) => ({
      ...each,
      patientId: patientOf(each).id,
    }));
  });
  return { clinics, practitioners, services, calendars, openingsOf, appointments, midnight };
}

const hashOf = ({ practitioners, services, appointments }: ReturnType<typeof planOf>): string => {
  const hash = createHash('sha256');
  for (const { id, slug, about } of practitioners) hash.update(`${id} ${slug} ${about.lv}\n`);
  for (const { id, kind, clinic } of services) hash.update(`${id} ${kind.code} ${clinic.data.slug}\n`);
  for (const { start, end, status, calendar, patientId } of appointments)
    hash.update(`${calendar.id} ${patientId} ${start} ${end} ${status}\n`);
  return hash.digest('hex');
};

const plan = planOf(today, 120);

describe('the plan of the demo', () => {
  it('is the same for the same day, and another for another', () => {
    const hash = hashOf(planOf(today, 20));
    expect(hashOf(planOf(today, 20))).toBe(hash);
    expect(hashOf(planOf(today.add({ days: 1 }), 20))).not.toBe(hash);
  });

  it('has 120 practitioners of all specialties, nobody twice, and works in every branch', () => {
    const { practitioners, clinics, calendars } = plan;
    expect(practitioners).toHaveLength(120);
    expect(new Set(practitioners.map(({ slug }) => slug)).size).toBe(120);
    expect(practitioners.filter(({ slug }) => /\d/.test(slug))).toEqual([]);
    expect(new Set(practitioners.map(({ specialty }) => specialty.code)).size).toBeGreaterThanOrEqual(34);
    const worked = new Set(calendars.map(({ workplace }) => workplace.branch.slug + workplace.clinic.id));
    for (const clinic of clinics) for (const { slug } of clinic.branches) expect(worked).toContain(slug + clinic.id);
    expect(calendars.length / 120).toBeGreaterThan(1.9);
  });

  it('lets one practitioner do one thing at a time, with the buffers', () => {
    const early = [...Map.groupBy(plan.appointments, ({ calendar }) => calendar.resourceId).values()].flatMap((own) =>
      own
        .filter(({ status }) => status !== 'cancelled')
        .map(({ start, end, offer }) => ({ from: start - offer.before * 60_000, to: end + offer.after * 60_000 }))
        .sort((a, b) => a.from - b.from)
        .filter(({ from }, number, taken) => from < (taken[number - 1]?.to ?? -Infinity)),
    );
    expect(early).toEqual([]);
  });

  it('keeps every visit inside an opening and on the grid', () => {
    const outside = plan.appointments.filter(({ calendar, start, end, offer }) => {
      const opening = plan.openingsOf(calendar).find((each) => each.start <= start && start < each.end);
      return (
        !opening ||
        start - offer.before * 60_000 < opening.start ||
        end + offer.after * 60_000 > opening.end ||
        (start - opening.start) % (calendar.gridMinutes * 60_000) !== 0
      );
    });
    expect(outside).toEqual([]);
  });

  it('brings nobody to a clinic twice on one day', () => {
    const dayOf = ({ start, offset }: PlannedAppointment): number => Math.floor((start + offset) / 86_400_000);
    const seen = new Set(plan.appointments.map((each) => `${each.patientId} ${dayOf(each)}`));
    expect(seen.size).toBe(plan.appointments.length);
  });

  it('takes about 60 % of the near month', () => {
    const month = plan.midnight + 30 * 86_400_000;
    const near = ({ start }: { start: number }): boolean => start >= plan.midnight && start < month;
    const length = (sum: number, { start, end }: { start: number; end: number }): number => sum + end - start;
    const open = plan.calendars
      .flatMap((calendar) => plan.openingsOf(calendar))
      .filter(near)
      .reduce(length, 0);
    const taken = plan.appointments.filter((each) => near(each) && each.status !== 'cancelled').reduce(length, 0);
    expect(taken / open).toBeGreaterThan(0.52);
    expect(taken / open).toBeLessThan(0.68);
  });

  it('opens on no public holiday', () => {
    const opened = new Map<string, { country: 'LV' | 'EE'; day: Temporal.PlainDate }>();
    for (const calendar of plan.calendars) {
      const { country, zone } = calendar.workplace.branch.city;
      for (const { start } of plan.openingsOf(calendar)) {
        const day = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone).toPlainDate();
        opened.set(`${country} ${day.toString()}`, { country, day });
      }
    }
    expect([...opened.values()].filter(({ country, day }) => isPublicHoliday(country, day))).toEqual([]);
    expect([...opened.keys()]).toContain('EE 2026-12-31');
    expect([...opened.keys()]).not.toContain('LV 2026-12-31');
  });

  it('has requests that wait: from the portal, on calendars that the clinic confirms', () => {
    const pending = plan.appointments.filter(({ status }) => status === 'pending');
    expect(pending.length).toBeGreaterThan(20);
    for (const { origin, calendar, createdAt } of pending) {
      expect([origin, calendar.confirmation]).toEqual(['portal', 'manual']);
      expect(createdAt).toBeLessThan(plan.midnight);
    }
  });

  it('ends every history where the appointment stands', () => {
    const wrong = plan.appointments.filter(
      ({ steps, status, createdAt, start }) =>
        steps.at(-1)?.to !== status ||
        steps[0]?.at !== createdAt ||
        steps.some(({ at }, number) => at < (steps[number - 1]?.at ?? 0) || at >= Math.min(start, plan.midnight)),
    );
    expect(wrong).toEqual([]);
  });

  it('has somebody to sign in as for each role', () => {
    const slugs = [...plan.clinics.map(({ data }) => data.slug), unfinishedClinic.slug];
    for (const { email, totpSecret } of demoSignIns) {
      expect(slugs).toContain(/@(.*)\.example$/.exec(email)?.[1]);
      expect(totpSecret).toMatch(/^[A-Z2-7]{32}$/);
    }
    expect(new Set(demoSignIns.map(({ role }) => role))).toEqual(new Set(staffRoles));
  });
});

describe('person codes', () => {
  it.each(['LV', 'EE'] as const)('of %s are valid and tell the birth date, where they tell one', (country) => {
    const random = randomOf('codes', country);
    const wrong: string[] = [];
    let withDate = 0;
    for (let n = 0; n < 2000; n++) {
      const birth = today.subtract({ days: 1 + random.below(36_000) });
      const code = personCodeOf(country, birth, 'woman', random);
      const check = parsePersonCode(country, code, 'typed', today);
      if (!check.ok || check.isDoubtful || !(check.birthDate?.equals(birth) ?? true)) wrong.push(code);
      else if (check.birthDate) withDate++;
    }
    expect(wrong).toEqual([]);
    expect(withDate).toBeGreaterThan(1000);
    if (country === 'LV') expect(withDate).toBeLessThan(1900);
  });

  it('belong to one patient of a clinic each; contacts lead nowhere real', () => {
    const taken = new Set<string>();
    const [clinic] = plan.clinics;
    if (!clinic) throw new Error('no clinic');
    const patients = [
      ...patientsOf(clinic, 'anyone', 300, today, taken),
      ...patientsOf(clinic, 'children', 100, today, taken),
    ];
    expect(taken.size).toBe(400);
    expect(new Set(patients.map(({ id }) => id)).size).toBe(400);
    for (const { email, phone } of patients) {
      if (email !== null) expect(email).toMatch(/^[a-z.-]+\d{4}@example\.(?:com|org|net)$/);
      expect(normalisePhone(phone)).toBe(phone);
    }
  });
});
