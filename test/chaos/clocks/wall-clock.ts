/** The wall clock that a process is given. Its monotonic clock always runs as it should. */
export interface WallClock {
  /** How far it is off, in milliseconds. */
  readonly off: number;
  /** What puts it off: the scheduler's port, or libfaketime, under everything that the process does. */
  readonly by: 'port' | 'faketime';
  /** What the process needs in its environment for that. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A machine's clock, seen through the scheduler's port. */
export function byPort(off: number): WallClock {
  return { off, by: 'port', environment: {} };
}
