/** Instants in what follows are milliseconds since 1970; those of the ledger and of changes have fractions. */
export interface RunKeyRow {
  readonly uid: string;
  readonly scheduledAt: number;
  readonly seq: number;
}

/** A record of the scheduler, as it stands at the end. */
export interface RunRow extends RunKeyRow {
  readonly runId: string;
  readonly jobId: string;
  readonly handler: string;
  readonly state: string;
  readonly attempt: number;
  readonly count: number;
  readonly until: number | null;
  readonly reason: string | null;
  /** The attempt that the result names. */
  readonly resultOf: number | null;
  readonly error: string | null;
  readonly nodeId: string | null;
}

/** A change of a record; `null` states: it was made, or deleted. */
export interface ChangeRow extends RunKeyRow {
  readonly runId: string;
  readonly at: number;
  readonly oldState: string | null;
  readonly newState: string | null;
  readonly oldNode: string | null;
  readonly newNode: string | null;
  readonly attempt: number;
  readonly startAt: number | null;
  readonly reason: string | null;
}

/** What a handler wrote. */
export interface AttemptRow {
  readonly jobId: string;
  readonly runId: string;
  readonly scheduledAt: number;
  readonly attempt: number;
  readonly pid: number;
  readonly label: string;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly how: string | null;
}

/** What a handler wrote in the transaction in which it completed its run. */
export interface EffectRow {
  readonly runId: string;
  readonly attempt: number;
  readonly label: string;
}

export interface JobRow {
  readonly uid: string;
  readonly id: string;
  readonly isRemoved: boolean;
}
