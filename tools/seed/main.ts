import { parseArgs } from 'node:util';
import { environment, systemClock } from '#libs/platform';
import { CannotSeed } from './cannot-seed.js';

export { demoSignIns } from './demo-people.js';

/** The demo: 120 practitioners, as clinics of the two countries would have them. */
const demoPractitioners = 120;

export interface SeedWish {
  /** The owner's address; by default that of the environment. */
  readonly databaseUrl?: string;
  /** By default today in Rīga. */
  readonly today?: Temporal.PlainDate;
  readonly practitioners?: number | undefined;
  readonly appointments?: number | undefined;
  /** Where lines of progress go; by default nowhere but the console. */
  readonly say?: (line: string) => void;
}

/**
 * Fills an empty, migrated database with invented clinics, people and appointments: the demo, or the same at any size.
 * The same day and size give the same data, sealed person codes and password hashes aside.
 * @throws Error in production, and when the database has clinics already
 */
export async function seedDemo(wish: SeedWish = {}): Promise<void> {
  const settings = environment();
  if (settings.production) throw new CannotSeed('The demo is never written in production.');
  const { seedDatabase } = await import('./seed-database.js');
  const now = systemClock(settings.clockOffsetMs).now();
  const currentDay = now.toZonedDateTimeISO('Europe/Riga').toPlainDate();
  const today = wish.today ?? currentDay;
  await seedDatabase({
    databaseUrl: wish.databaseUrl ?? settings.databaseOwnerUrl ?? settings.databaseUrl,
    practitioners: wish.practitioners ?? demoPractitioners,
    appointments: wish.appointments,
    today,
    now: today.equals(currentDay) ? now : today.toZonedDateTime('Europe/Riga').toInstant(),
    issuer: settings.oidcProviders[0]?.issuer ?? 'http://localhost:3004',
    // oxlint-disable-next-line no-console
    say: wish.say ?? ((line) => console.log(line)),
  });
}

const count = (text: string | undefined, name: string): number | undefined => {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new CannotSeed(`--${name} must be a whole number of at least 1, not "${text}".`);
  return number;
};

const options = {
  practitioners: { type: 'string' },
  appointments: { type: 'string' },
  today: { type: 'string' },
} as const;

/**
 * What `npm run seed -- --practitioners 10000 --appointments 2000000 --today 2026-11-22` asks for.
 * @throws CannotSeed for an option that there is not, or a wrong number or date
 */
export function readWish(args: readonly string[]): SeedWish {
  try {
    const { values } = parseArgs({ args: [...args], options });
    return {
      practitioners: count(values.practitioners, 'practitioners'),
      appointments: count(values.appointments, 'appointments'),
      ...(values.today === undefined ? {} : { today: Temporal.PlainDate.from(values.today) }),
    };
  } catch (cause) {
    throw new CannotSeed(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
