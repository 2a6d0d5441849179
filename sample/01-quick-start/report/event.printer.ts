import { Injectable } from '@nestjs/common';
import type { EventOf } from 'nestjs-durable-scheduler';
import { OnSchedulerEvent } from 'nestjs-durable-scheduler';
import { clockTime, counted, preciseTime } from './words.js';

/** Why an instant did not become a run, as events and records put it. */
const REASONS: Readonly<Record<string, string>> = {
  coalesced: 'one run makes up for all of them',
  misfire: 'too late to be worth a run',
  'max-instances': 'the run before has not ended',
  'declared-late': 'the date had passed when the job was first stored',
};

/** Prints a line for whatever happens to jobs in this process. */
@Injectable()
export class EventPrinter {
  /** By run, from its start to its end. */
  private readonly lateness = new Map<string, number>();

  @OnSchedulerEvent('job.started')
  started({ runId, latenessMs }: EventOf<'job.started'>): void {
    this.lateness.set(runId, latenessMs);
  }

  @OnSchedulerEvent('job.executed')
  executed(event: EventOf<'job.executed'>): void {
    const outcome = typeof event.result === 'string' ? event.result : 'done';
    const punctuality = `${this.takeLateness(event.runId)} ms late`;
    const duration = `took ${Math.round(event.durationMs)} ms`;
    this.print(event, `${outcome} (${punctuality}, ${duration})`);
  }

  @OnSchedulerEvent('job.error')
  failed(event: EventOf<'job.error'>): void {
    this.takeLateness(event.runId);
    this.print(event, `FAILED: ${event.error.message}`);
  }

  @OnSchedulerEvent('job.missed', 'job.max_instances')
  missed(event: EventOf<'job.missed' | 'job.max_instances'>): void {
    const { count, scheduledAt, until, reason } = event;
    const range =
      count === 1 ? clockTime(scheduledAt) : `${clockTime(scheduledAt)} to ${clockTime(until)}`;
    this.print(
      event,
      `${counted(count, 'instant')} missed, ${range}: ${REASONS[reason] ?? reason}`,
    );
  }

  @OnSchedulerEvent('job.cancelled', 'job.abandoned')
  ended(event: EventOf<'job.cancelled' | 'job.abandoned'>): void {
    this.takeLateness(event.runId);
    this.print(
      event,
      `${event.type === 'job.cancelled' ? 'cancelled' : 'given up'}: ${event.reason}`,
    );
  }

  @OnSchedulerEvent('job.modified')
  modified(event: EventOf<'job.modified'>): void {
    this.print(event, 'paused, resumed or changed');
  }

  @OnSchedulerEvent('store.unavailable')
  unavailable({ at, error }: EventOf<'store.unavailable'>): void {
    console.log(`${preciseTime(at)}  the database does not answer: ${error.message}`);
  }

  @OnSchedulerEvent('store.recovered')
  recovered({ at, durationMs }: EventOf<'store.recovered'>): void {
    console.log(`${preciseTime(at)}  the database answers again, after ${durationMs} ms`);
  }

  private takeLateness(runId: string): number {
    const lateness = this.lateness.get(runId) ?? 0;
    this.lateness.delete(runId);
    return Math.round(lateness);
  }

  private print({ at, jobId }: { readonly at: Date; readonly jobId: string }, text: string): void {
    // Ids of reminders are long and tell nobody anything.
    const job = jobId.replace(/^(reminder):.*$/, '$1');
    console.log(`${preciseTime(at)}  ${job.padEnd(16)} ${text}`);
  }
}
