import { Injectable } from '@nestjs/common';
import type { EventOf } from 'nestjs-durable-scheduler';
import { OnSchedulerEvent } from 'nestjs-durable-scheduler';

/**
 * A listener that tells success from failure.
 *
 * APScheduler: `scheduler.add_listener(listener, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)`.
 */
@Injectable()
export class Outcomes {
  readonly lines: string[] = [];

  @OnSchedulerEvent('job.executed', 'job.error')
  note(event: EventOf<'job.executed' | 'job.error'>): void {
    this.lines.push(
      event.type === 'job.executed'
        ? `${event.jobId} worked: ${JSON.stringify(event.result)}`
        : `${event.jobId} crashed: ${event.error.message}`,
    );
  }
}
