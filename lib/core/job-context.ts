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
  completeIn(manager: unknown): Promise<void>;
  progress(fraction: number, note?: string): void;
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

  /**
   * Says how far the run has come, for `Run.progress` and the event `job.progress`. Call it as often as you like: what was
   * said last is written, about once a second.
   *
   * @param fraction from 0 to 1
   * @param note for people; cut to 1000 characters
   * @throws InvalidJobError when `fraction` is none
   * @example `ctx.progress(done / all, `${done} of ${all} letters`)`
   */
  progress(fraction: number, note?: string): void {
    this.services.progress(fraction, note);
  }

  /**
   * Records in your own transaction that the run succeeded, so that its effects and its record come about together or
   * not at all, however often the run is attempted: effectively once. Call it last, just before the commit: until then
   * nobody else can take the run over.
   *
   * What the handler returns afterwards is not recorded. When the transaction is rolled back, the handler's end counts as
   * usual. Set `idle_in_transaction_session_timeout` on your connections: a process that stands still between this
   * call and the commit holds the run for as long as its transaction lasts.
   *
   * @param manager TypeORM's `EntityManager` or `QueryRunner` of an open transaction in the store's database
   * @throws RunSupersededError when another node has taken the run over. Let it roll the transaction back
   * @throws InvalidJobError when there is no such transaction, or the store knows none
   * @example
   * ```ts
   * await dataSource.transaction(async (manager) => {
   *   await manager.increment(Account, { id }, 'balance', amount);
   *   await ctx.completeIn(manager);
   * });
   * ```
   */
  completeIn(manager: unknown): Promise<void> {
    return this.services.completeIn(manager);
  }
}
