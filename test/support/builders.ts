/** Rows for stories: each builder says only what matters, and makes what it needs around that. */
export * from './build-clinic.js';
export * from './build-people.js';
export * from './build-rooms.js';
