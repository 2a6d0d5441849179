import type { JobRecord } from './job.js';
import type { JsonValue } from './json.js';

/** `queued` and `running` runs are live; the other states are final. */
export type RunState =
  'queued' | 'running' | 'succeeded' | 'failed' | 'missed' | 'skipped' | 'cancelled';

/** Made by the job's trigger, or by somebody who asked for a run. */
export type RunOrigin = 'schedule' | 'manual';

/** Identity of a run within its store. */
export interface RunKey {
  readonly jobUid: string;
  readonly scheduledAt: number;
  /** 0 for the planned run of the instant, greater for manual ones. */
  readonly seq: number;
}

/** An error as it is kept: what JSON can hold of it. */
export interface RunError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  readonly cause?: RunError;
}

/** How far a run has come, as its handler says. */
export interface RunProgress {
  /** From 0 to 1. */
  readonly fraction: number;
  readonly note: string | null;
}

/** A run that a node holds, with what it takes to execute it. */
export interface ClaimedRun extends RunKey {
  /** Number of this take. It grows with every take in the store and is never used twice: with the node it is the fence. */
  readonly claim: number;
  /** The attempt that this take is for, from 1. */
  readonly attempt: number;
  /** `queued` runs were claimed ahead of their time and need `start` before they may begin. */
  readonly state: 'queued' | 'running';
  /** When it may begin: the instant and its jitter, or later. */
  readonly startAt: number;
  readonly job: ClaimedJob;
}

/** What a node needs to know of the job whose run it executes, as it was when the run was claimed. */
export type ClaimedJob = Pick<JobRecord, 'id' | 'handler' | 'executor' | 'args'>;

/** A run as a store keeps it. */
export interface RunRecord extends RunKey {
  readonly jobId: string;
  readonly state: RunState;
  /** Last instant that the record covers, when it covers several; otherwise `null`. */
  readonly until: number | null;
  /** How many instants the record covers. */
  readonly count: number;
  readonly startAt: number | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** Attempts that began. */
  readonly attempt: number;
  /** How often the run was handed on because its node died. */
  readonly recoveries: number;
  readonly reason: string | null;
  readonly result: JsonValue;
  readonly error: RunError | null;
  readonly progress: RunProgress | null;
  readonly nodeId: string | null;
}
