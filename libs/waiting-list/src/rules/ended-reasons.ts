/**
 * Why an entry is withdrawn without a visit. That the queue is long is no reason to take anybody off it, nor to keep anybody
 * from it: a request is registered on first contact whatever the length of the queue (R3-09).
 */
export const endedReasons = [
  'patient-asked',
  'booked-elsewhere',
  'not-reachable',
  'not-offered-here',
  'duplicate',
  'other',
] as const;
export type EndedReason = (typeof endedReasons)[number];
