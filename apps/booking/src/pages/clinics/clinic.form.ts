import { IsOptional, Matches } from 'class-validator';
import { payerPattern } from '../find-a-time/search.form.js';

/** What the address bar of a clinic's page may hold: the payer that was chosen before, which its links keep. */
export class ClinicForm {
  @IsOptional() @Matches(payerPattern, { message: 'choice' }) payer?: string;
}

/** The list of clinics: all of them, or those that work with an insurer. */
export class ClinicsForm {
  @IsOptional() @Matches(/^[\w.-]{1,60}$/, { message: 'choice' }) insurer?: string;
}
