/** The injection token of the newest migration's name: what /health/ready asks the database for. */
export const SCHEMA_VERSION = Symbol('SCHEMA_VERSION');
