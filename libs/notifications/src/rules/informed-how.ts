/** How staff told a patient of a step; of the last two, the first is a try that reached nobody. */
export const informedHows = ['by-phone', 'in-person', 'by-post', 'not-reached', 'not-needed'] as const;
export type InformedHow = (typeof informedHows)[number];
