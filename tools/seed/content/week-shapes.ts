/**
 * How practitioners divide their week between the state and paid work at one clinic: `weekday from-to`, and after a slash
 * every how many weeks. One shape never has state and paid hours at the same time.
 */
export interface WeekShape {
  readonly state: readonly string[];
  readonly paid: readonly string[];
}

export const weekShapes: readonly WeekShape[] = [
  {
    state: ['1 08:30-12:30', '3 08:30-12:30', '5 08:30-12:30'],
    paid: ['2 14:00-18:00', '4 14:00-18:00'],
  },
  {
    state: ['2 09:00-13:00', '4 09:00-13:00'],
    paid: ['1 15:00-19:00', '3 15:00-19:00', '6 10:00-14:00/2'],
  },
  {
    state: ['1 09:00-12:00', '2 09:00-12:00', '3 09:00-12:00', '4 09:00-12:00'],
    paid: ['1 13:00-16:00', '3 13:00-16:00'],
  },
  {
    state: ['1 08:00-12:00', '1 12:30-15:30', '4 08:00-12:00'],
    paid: ['4 13:00-17:00', '5 09:00-13:00'],
  },
  {
    state: ['2 14:00-18:00', '3 14:00-18:00'],
    paid: ['2 09:00-12:30', '3 09:00-12:30', '5 09:00-12:00'],
  },
  {
    state: ['3 08:00-12:00', '3 12:30-16:00', '5 08:00-12:00'],
    paid: ['1 16:00-20:00', '2 16:00-20:00'],
  },
  {
    state: ['1 10:00-14:00', '3 10:00-14:00', '5 10:00-13:00'],
    paid: ['2 08:00-12:00', '4 15:00-19:00'],
  },
  {
    state: ['2 08:00-13:00', '4 13:00-17:00'],
    paid: ['2 14:00-17:00', '4 08:30-12:00', '6 09:00-13:00/4'],
  },
];
