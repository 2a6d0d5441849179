import type { SchedulerEvent } from '../../core/events.js';
import type { FiredJob } from '../../core/fire.js';
import type { ReapedRun } from '../../core/job-store.js';
import type { RunError, RunProgress } from '../../core/run.js';
import type { ClusterEvents } from '../cluster/cluster-events.js';
import type { Attempt } from '../firing/attempt.js';
import type { SettledAttempt } from '../firing/recorder.js';
import { toRunError } from '../firing/run-error.js';
import type { SchedulerOptions } from '../scheduler.options.js';
import type { EventOrigin } from './run-events.js';
import {
  abandonedEvent,
  fireEvents,
  outcomeEvent,
  progressEvent,
  reapedEvent,
  startEvent,
} from './run-events.js';

/** Tells what happens on a node: events for the application, and lines for the log. */
export class NodeReporter {
  /**
   * @param now the store's time
   * @param nodeId the node's id at the moment
   */
  constructor(
    private readonly alias: string,
    private readonly options: Pick<SchedulerOptions, 'logger' | 'emit'>,
    private readonly now: () => number,
    private readonly nodeId: () => string,
    private readonly cluster: ClusterEvents | null,
  ) {}

  storeUnavailable(error: unknown): void {
    const runError = toRunError(error);
    this.options.logger.warn(
      `Store "${this.alias}" does not answer: ${runError.message}. Trying on.`,
    );
    this.emit({ type: 'store.unavailable', ...this.origin(), error: runError });
  }

  storeRecovered(durationMs: number): void {
    this.options.logger.log(`Store "${this.alias}" answers again after ${durationMs} ms.`);
    this.emit({ type: 'store.recovered', ...this.origin(), durationMs });
  }

  fired(fired: FiredJob): void {
    for (const instant of fired.conflicts) {
      this.options.logger.warn(
        `Job "${fired.job.id}": the instant ${new Date(instant).toISOString()} is on record already. It is not run again.`,
      );
    }
    fireEvents(this.origin(), fired).forEach((event) => this.emit(event));
  }

  parked(jobId: string, error: RunError): void {
    this.options.logger.error(`Job "${jobId}" is parked: ${error.message}`);
    this.emit({ type: 'job.parked', ...this.origin(), jobId, error });
  }

  submitted(attempt: Attempt): void {
    this.emit(startEvent(this.origin(attempt), 'job.submitted', attempt));
  }

  started(attempt: Attempt): void {
    this.emit(startEvent(this.origin(attempt), 'job.started', attempt));
  }

  progressed(attempt: Attempt, progress: RunProgress): void {
    this.emit(progressEvent(this.origin(attempt), attempt, progress));
  }

  /** @param recorded `false`: the claim was superseded */
  ended(settled: SettledAttempt, recorded: boolean): void {
    if (!recorded) {
      const { attempt, settlement } = settled;
      this.warn(
        `Run ${attempt.runId} ${settlement.state} in attempt ${attempt.run.attempt}, which is not recorded: it had been ` +
          'handed on, or was called off',
      );
    }
    this.emit(outcomeEvent(this.origin(settled.attempt), settled, recorded));
  }

  abandoned(attempt: Attempt, reason: string): void {
    this.emit(abandonedEvent(this.origin(attempt), attempt, reason));
  }

  reaped(run: ReapedRun): void {
    this.emit(reapedEvent(this.origin(), run));
  }

  nodeLost(): void {
    this.options.logger.warn(
      `Node ${this.nodeId()} lost its lease on store "${this.alias}" and joins again as another.`,
    );
  }

  clockJumped(ms: number): void {
    const way = ms > 0 ? 'ahead' : 'back';
    this.warn(`Its clock went ${way} by ${Math.round(Math.abs(ms))} ms against this machine's`);
  }

  /** The loop went on, but something is wrong in it. */
  lookFailed(error: unknown): void {
    this.options.logger.error(
      `Looking for work in store "${this.alias}" failed: ${toRunError(error).stack}`,
    );
  }

  warn(what: string, error?: unknown): void {
    const why = error === undefined ? '' : `: ${toRunError(error).message}`;
    this.options.logger.warn(`Store "${this.alias}": ${what}${why}`);
  }

  private origin(attempt?: Attempt): EventOrigin {
    return {
      at: new Date(Math.floor(this.now())),
      nodeId: attempt?.nodeId ?? this.nodeId(),
      store: this.alias,
    };
  }

  private emit(event: SchedulerEvent): void {
    this.options.emit(event, false);
    this.cluster?.tell(event);
  }
}
