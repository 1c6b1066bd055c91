import { Refusal, violated } from '#libs/platform';

/**
 * Says what the database's last word means to whoever wanted the time: somebody else was a moment earlier.
 * @throws Refusal `slot-taken`, `patient-busy`
 */
export async function orTaken<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (thrown) {
    const constraint = violated(thrown);
    if (constraint === 'occupation_taken_once') throw new Refusal('slot-taken');
    if (constraint === 'appointment_patient_free') throw new Refusal('patient-busy');
    throw thrown;
  }
}
