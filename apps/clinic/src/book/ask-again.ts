import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import type { StaffActor } from '#libs/access';
import { PatientsOfClinic } from '#libs/appointments';
import type { FieldError } from '#libs/platform';
import { type FormState, type WebRequest, withError } from '#libs/web';
import { TimesForm } from './book.form.js';
import { NewPatientPage } from './new-patient-page.js';
import { TimesPage } from './times-page.js';

/** A mistake in what was typed: of somebody known the times again, else the details, with everything kept. */
@Injectable()
export class AskAgain {
  constructor(
    private readonly patients: PatientsOfClinic,
    private readonly times: TimesPage,
    private readonly newPatients: NewPatientPage,
  ) {}

  async with(
    form: FormState,
    staff: StaffActor,
    request: WebRequest,
    errors: readonly FieldError[] = [],
  ): Promise<string> {
    const said = errors.reduce((state, { path, code }) => withError(state, path, code), form);
    const { patientId } = form.values;
    if (typeof patientId !== 'string' || !isUUID(patientId))
      return this.newPatients.show(request, said, { status: 422 });
    const card = await this.patients.card(staff, patientId, { purpose: 'booking' });
    const value = Object.assign(new TimesForm(), { patientId, asked: true });
    return this.times.show(value, { card }, said, staff, request, { status: 422, override: null });
  }
}
