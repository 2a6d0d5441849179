export { createDatabase, type TestDatabase } from './create-database.js';
export { PrivatePostgres, type PrivatePostgresOptions } from './private-postgres.js';
