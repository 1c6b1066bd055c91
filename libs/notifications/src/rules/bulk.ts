/** Letters within an hour before a second person is asked, where a clinic has not said otherwise (faults.md H11). */
export const defaultPerHour = 100;

/** Whether so many letters of one person within an hour are more than their clinic lets out unseen. */
export const isBulk = (caused: number, perHour: number | null): boolean => caused > (perHour ?? defaultPerHour);
