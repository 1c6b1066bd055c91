export type { Country, Holiday, HolidayKind } from './holiday.js';
export * from './holidays-of.js';
