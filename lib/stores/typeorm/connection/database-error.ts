/** What the server itself said was wrong, as opposed to a connection that broke. */
export interface DatabaseError extends Error {
  /** SQLSTATE. */
  readonly code: string;
  readonly severity: string;
}

function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof Error && 'severity' in error && 'code' in error;
}

/**
 * Shutdown of the server, a connection that it ended, a transaction that stood idle for too long; a server that only
 * reads, where a new connection may lead to the one that has taken its place; and a limit of time that is not ours,
 * which a connection keeps from when it was made.
 */
const ENDING = ['57P', '08', '25P03', '25006', '57014'];

/** Whether the connection that gave the error can be used on. */
export function isWorkingAfter(error: unknown): boolean {
  return isDatabaseError(error) && !ENDING.some((code) => error.code.startsWith(code));
}

/** Data exception, integrity violation, and more than a limit allows. */
const DATA_CLASSES = ['22', '23', '54'];

/** The server refused what a row holds: repeating the statement with the same rows is of no use. */
export function isRefusedData(error: unknown): error is DatabaseError {
  return isDatabaseError(error) && DATA_CLASSES.includes(error.code.slice(0, 2));
}

const INVALID_STATEMENT_NAME = '26000';
const DUPLICATE_STATEMENT = '42P05';

/**
 * The server does not know a statement by the name that it was prepared under, or knows the name already: between us
 * and the server there is a pooler that lends out its connections by the transaction and does not look after names.
 */
export function isLostName(error: unknown): boolean {
  return (
    isDatabaseError(error) &&
    (error.code === INVALID_STATEMENT_NAME || error.code === DUPLICATE_STATEMENT)
  );
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';

/** The server undid the transaction for the sake of others: the same again may succeed. */
export function isWorthRepeating(error: unknown): boolean {
  return (
    isDatabaseError(error) && (error.code === SERIALIZATION_FAILURE || error.code === DEADLOCK)
  );
}
