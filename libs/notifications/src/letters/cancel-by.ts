import { type AppointmentView, cancelDeadline } from '#libs/appointments';

/** Until when a visit is cancelled in time, as letters say it; null where the clinic has no such rule. */
export const cancelByOf = ({
  start,
  lateCancelHours,
}: Pick<AppointmentView, 'start' | 'lateCancelHours'>): Temporal.Instant | null =>
  lateCancelHours > 0 ? cancelDeadline(start, lateCancelHours) : null;
