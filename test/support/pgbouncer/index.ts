export { describePooled } from './describe-pooled.js';
export { keepsPreparedStatements } from './installed.js';
export { PgBouncer } from './pgbouncer.js';
