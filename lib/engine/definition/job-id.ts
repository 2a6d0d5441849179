import { findJsonFault } from '../../core/json.js';

/**
 * Whether any job can have this id. A database that is asked about other values may answer with an error of its own,
 * which would look as if it were not there.
 */
export function isJobId(id: unknown): id is string {
  return typeof id === 'string' && findJsonFault(id) === null;
}
