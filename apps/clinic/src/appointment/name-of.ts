import type { AppointmentView } from '#libs/appointments';

/** Whom a visit is for, as staff call them. */
export const nameOf = ({ patient }: Pick<AppointmentView, 'patient'>): string =>
  `${patient.givenName} ${patient.familyName}`;
