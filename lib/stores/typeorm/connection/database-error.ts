/** What the server itself said was wrong, as opposed to a connection that broke. */
export interface DatabaseError extends Error {
  /** SQLSTATE. */
  readonly code: string;
  readonly severity: string;
}

function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof Error && 'severity' in error && 'code' in error;
}

/** Shutdown of the server, a connection that it ended, a transaction that stood idle for too long. */
const ENDING = ['57P', '08', '25P03'];

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

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';

/** The server undid the transaction for the sake of others: the same again may succeed. */
export function isWorthRepeating(error: unknown): boolean {
  return (
    isDatabaseError(error) && (error.code === SERIALIZATION_FAILURE || error.code === DEADLOCK)
  );
}
