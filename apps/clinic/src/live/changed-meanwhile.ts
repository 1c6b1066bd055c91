import { Inject, Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { after, type SinceRead, type Step, StepsSince } from '#libs/appointments';
import { CLOCK, type Clock, type Language, languages, Refusal } from '#libs/platform';
import { flash, type FormState, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
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
    return { version: since.version, text: this.textOf(since, version, language) };
  }

  /** The same for many at once: those that were changed and that the reader may see. */
  async among(
    staff: StaffActor,
    seen: readonly { id: string; version: number }[],
    language: Language,
  ): Promise<{ id: string; text: string }[]> {
    const found: { id: string; text: string }[] = [];
    for (const { id, version } of await this.steps.changed(staff, seen)) {
      try {
        found.push({ id, text: (await this.since(staff, id, version, language)).text });
      } catch (thrown) {
        if (!(thrown instanceof Refusal) || thrown.code !== 'not-allowed') throw thrown;
      }
    }
    return found;
  }

  /**
   * The answer to a form that was refused with `state-changed`; null: it was refused otherwise. The form is shown again
   * with all that was typed, the newest version, so that sending it once more is a decision of somebody who knows, and
   * beside `version` who changed what, which the partial `clinic/changed-meanwhile` shows. When the step can no longer be
   * taken, the appointment's own page says so.
   */
  async answer(
    form: FormState,
    thrown: unknown,
    { staff, id, step, request }: { staff: StaffActor; id: string; step: Step; request: WebRequest },
    again: (form: FormState) => Promise<string>,
  ): Promise<string | SeeOther | null> {
    if (!isChanged(thrown)) return null;
    const seen = Number(form.values['version']);
    const since = await this.steps.run(staff, id, seen);
    if (after(since.status, step) === null) return this.leave(thrown, id, request);
    const what = this.textOf(since, seen, request.language);
    return again({
      ...form,
      values: { ...form.values, version: String(since.version) },
      errors: { ...form.errors, version: { code: 'live.changed.what', args: { what } } },
    });
  }

  /** Leads to the appointment as it is now, and says that it was changed. @throws the given error when it is another one */
  leave(thrown: unknown, id: string, request: WebRequest): SeeOther {
    if (!isChanged(thrown)) throw thrown;
    flash(request, { kind: 'warning', key: 'live.changed.over' });
    return seeOther(pathTo(request.language, '/appointments/', id));
  }

  /**
   * For a script whose step was refused with `state-changed`: the same refusal, which says who changed what.
   * @throws always: that refusal, or the given error when it is another one
   */
  async told(thrown: unknown, staff: StaffActor, id: string, version: number): Promise<never> {
    if (!isChanged(thrown)) throw thrown;
    const since = await this.steps.run(staff, id, version);
    const words = languages.map((language) => [language, this.textOf(since, version, language)]);
    throw new Refusal('state-changed', { advice: Object.fromEntries(words) });
  }

  private textOf(since: SinceRead, seen: number, language: Language): string {
    return changedText(since, seen, this.clock.now(), language);
  }
}

const isChanged = (thrown: unknown): boolean => thrown instanceof Refusal && thrown.code === 'state-changed';
