/** Why a visit is cancelled, moved or rejected: the codes that history keeps. */
export const reasonCodes = [
  'patient-asked',
  'patient-ill',
  'clinic-practitioner-ill',
  'clinic-closed',
  'clinic-other',
  'duplicate',
  'expired',
  'other',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];
