/** How long visits of one kind are, in elapsed minutes, and on which grid they start. */
export interface Stride {
  readonly minutes: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly grid: number;
}

/** A family that comes at one go. */
export const fewestTogether = 2;
export const mostTogether = 5;

/**
 * Minutes from the start of one visit to the first start after it that both can have: the visit and the buffers between
 * them, up to the grid. Buffers add up.
 */
export const strideOf = ({ minutes, bufferBefore, bufferAfter, grid }: Stride): number =>
  Math.ceil((minutes + bufferAfter + bufferBefore) / grid) * grid;

/** The starts of visits one right after another. */
export const startsOfRun = (start: Temporal.Instant, people: number, stride: Stride): Temporal.Instant[] =>
  Array.from({ length: people }, (_, index) => start.add({ minutes: index * strideOf(stride) }));

/** The first starts of all runs of so many visits, one right after another, among free starts. */
export function runsAmong(free: readonly Temporal.Instant[], people: number, stride: Stride): Temporal.Instant[] {
  const known = new Set(free.map(({ epochMilliseconds }) => epochMilliseconds));
  return free.filter((start) => startsOfRun(start, people, stride).every((each) => known.has(each.epochMilliseconds)));
}
