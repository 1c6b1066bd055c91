/** Both countries of the portal keep the same day; a page that is about no branch in particular says this one. */
export const portalZone = 'Europe/Riga';

export const dayIn = (zone: string, at: Temporal.Instant): Temporal.PlainDate =>
  at.toZonedDateTimeISO(zone).toPlainDate();

export const todayOf = (now: Temporal.Instant): Temporal.PlainDate => dayIn(portalZone, now);
