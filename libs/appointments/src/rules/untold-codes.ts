/** Why the portal does not tell the patient of a change that staff made: the codes that history keeps (R3-18). */
export const untoldCodes = ['told-in-person', 'told-by-phone', 'asked-not-to', 'not-reachable', 'other'] as const;
export type UntoldCode = (typeof untoldCodes)[number];
