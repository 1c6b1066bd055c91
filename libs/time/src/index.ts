export * from './interval.js';
export * from './parse.js';
export * from './wall-clock.js';
export * from './weekly-hours.js';
export * from './working-days.js';
