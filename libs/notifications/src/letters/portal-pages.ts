import { environment, type Language } from '#libs/platform';

const address = (path: string): string => new URL(path, environment().bookingUrl).toString();

/** The appointment's page in the portal: it asks who is there, and a person presses the buttons on it (promise 11). */
export const appointmentPage = (language: Language, appointmentId: string): string =>
  address(`/${language}/appointments/${encodeURIComponent(appointmentId)}`);

/** The page that finds a time. */
export const findPage = (language: Language): string => address(`/${language}`);

/** Where the patient chooses among the times that the clinic offers instead. */
export const offersPage = (page: string): string => `${page}/offers`;
