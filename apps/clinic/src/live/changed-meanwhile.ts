import { Inject, Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { StepsSince } from '#libs/appointments';
import { CLOCK, type Clock, type Language, Refusal } from '#libs/platform';
import type { FormState } from '#libs/web';
import { changedText } from './changed.view.js';

/** Tells people who have an appointment open what others did to it meanwhile. */
@Injectable()
export class ChangedMeanwhile {
  constructor(
    private readonly steps: StepsSince,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What became of it since `version` was read, in words; an empty text: nothing.
   * @throws Refusal as `Appointments.find`
   */
  async since(
    staff: StaffActor,
    id: string,
    version: number,
    language: Language,
  ): Promise<{ version: number; text: string }> {
    const since = await this.steps.run(staff, id, version);
    return { version: since.version, text: changedText(since, version, this.clock.now(), language) };
  }

  /**
   * A form that was refused with `state-changed`, as it is shown again: with all that was typed, the newest version, so
   * that sending it once more is a decision of somebody who knows, and beside `version` who changed what, which the
   * partial `clinic/changed-meanwhile` shows.
   * @throws the given error when it is another one
   */
  async inForm(
    form: FormState,
    thrown: unknown,
    { staff, id, language }: { staff: StaffActor; id: string; language: Language },
  ): Promise<FormState> {
    if (!(thrown instanceof Refusal) || thrown.code !== 'state-changed') throw thrown;
    const { version, text } = await this.since(staff, id, Number(form.values['version']), language);
    const error = { code: 'live.changed.what', args: { what: text } };
    return {
      ...form,
      values: { ...form.values, version: String(version) },
      errors: { ...form.errors, version: error },
    };
  }
}
