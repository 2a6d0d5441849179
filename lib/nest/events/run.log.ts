import { Injectable, Logger } from '@nestjs/common';
import type { SchedulerEvent } from '../../core/events.js';
import { SchedulerEvents } from './scheduler-events.js';

/** Writes what becomes of runs: failures as errors, since somebody has to see them, everything else for debugging. */
@Injectable()
export class RunLog {
  private readonly logger = new Logger('Scheduler');

  constructor(events: SchedulerEvents) {
    // Each process writes of its own runs.
    events.own$.subscribe((event) => this.write(event));
  }

  private write(event: SchedulerEvent): void {
    if (event.type === 'job.error') {
      const { jobId, attempt, durationMs, error } = event;
      const text = `${error.name}: ${error.message}`;
      const message = `Job "${jobId}" failed in attempt ${attempt} after ${durationMs} ms: ${text}`;
      this.logger.error(message, error.stack);
    } else if (Logger.isLevelEnabled('debug')) {
      // Asked first: texts that nobody reads would cost more than the runs.
      const text = describe(event);
      if (text !== null) {
        this.logger.debug(text);
      }
    }
  }
}

function describe(event: SchedulerEvent): string | null {
  switch (event.type) {
    case 'job.executed':
      return `Job "${event.jobId}" executed in ${event.durationMs} ms, planned for ${event.scheduledAt.toISOString()}`;
    case 'job.missed':
    case 'job.max_instances':
      return `Job "${event.jobId}" did not run: ${event.reason}, ${event.count} instants up to ${event.until.toISOString()}`;
    case 'job.cancelled':
    case 'job.abandoned':
      return `Job "${event.jobId}" ${event.type.slice('job.'.length)} in attempt ${event.attempt}: ${event.reason}`;
    default:
      return null;
  }
}
