import { AsyncLocalStorage } from 'node:async_hooks';
import type { JsonValue } from './json.js';

/** Where a handler writes; whatever logger the application uses. */
export interface JobLogger {
  log(message: unknown, ...rest: unknown[]): void;
  warn(message: unknown, ...rest: unknown[]): void;
  error(message: unknown, ...rest: unknown[]): void;
  debug(message: unknown, ...rest: unknown[]): void;
}

/** What a context is made of. */
export interface JobContextFields {
  readonly jobId: string;
  readonly runId: string;
  readonly scheduledAt: Date;
  readonly attempt: number;
  readonly args: readonly JsonValue[];
}

/** What a context fetches only when the handler asks for it. */
export interface JobContextServices {
  signal(): AbortSignal;
  logger(jobId: string): JobLogger;
}

const storage = new AsyncLocalStorage<JobContext>();

/**
 * What a handler is told about the run that it is executing, passed after the job's arguments and found anywhere
 * below it by `JobContext.current()`.
 *
 * @publicApi
 */
export class JobContext {
  /** Id of the job. */
  readonly jobId: string;
  /** Id of the run, the same in every attempt. */
  readonly runId: string;
  /** The planned instant, which lies before the actual start by jitter and lateness. */
  readonly scheduledAt: Date;
  /** Which start of the run this is, from 1. */
  readonly attempt: number;
  /** The job's arguments. */
  readonly args: readonly JsonValue[];

  constructor(
    fields: JobContextFields,
    private readonly services: JobContextServices,
  ) {
    this.jobId = fields.jobId;
    this.runId = fields.runId;
    this.scheduledAt = fields.scheduledAt;
    this.attempt = fields.attempt;
    this.args = fields.args;
  }

  /** The context of the run in which the caller executes, or `undefined` outside of one. */
  static current(): JobContext | undefined {
    return storage.getStore();
  }

  /** Executes `body` so that `current()` gives this context within. */
  run<T>(body: () => T): T {
    return storage.run(this, body);
  }

  /** Aborted when the run should stop: at shutdown, or when another node took over. Its `reason` is an error. */
  get signal(): AbortSignal {
    return this.services.signal();
  }

  /** Key for making effects outside the database happen once: the same in every attempt of the run. */
  get idempotencyKey(): string {
    return this.runId;
  }

  /** The application's logger, with the job as its context. */
  get logger(): JobLogger {
    return this.services.logger(this.jobId);
  }
}
