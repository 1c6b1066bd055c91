/** What a clinic does with its weekly hours on one day. */
export interface DayRule {
  /** Whether weekly hours hold at all; extra and replaced single days hold even where they do not. */
  readonly isOpen: boolean;
  /** ISO: the weekday whose hours hold, another than the day's own where a working day was moved. */
  readonly worksAs: number;
  /** By how many minutes the working day ends earlier, as before a public holiday. */
  readonly shorterBy: number;
}

/** A day like any other of its weekday. */
export const ordinaryDay = (day: Temporal.PlainDate): DayRule => ({
  isOpen: true,
  worksAs: day.dayOfWeek,
  shorterBy: 0,
});
