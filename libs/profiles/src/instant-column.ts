import type { ValueTransformer } from 'typeorm';

/** timestamptz ↔ Temporal.Instant; the driver hands over a Date, which goes no further than here. */
export const instantColumn: ValueTransformer = {
  from: (value: Date | null) => (value === null ? null : Temporal.Instant.fromEpochMilliseconds(value.getTime())),
  to: (value: Temporal.Instant | null) => value?.toString() ?? null,
};

/** date ↔ Temporal.PlainDate. */
export const dayColumn: ValueTransformer = {
  from: (value: string | null) => (value === null ? null : Temporal.PlainDate.from(value)),
  to: (value: Temporal.PlainDate | null) => value?.toString() ?? null,
};
