import { Injectable } from '@nestjs/common';
import { JobHandler } from 'nestjs-durable-scheduler';

/**
 * What the jobs of the tour do.
 *
 * APScheduler's `add_job` takes a function. A job here outlives the process that added it, so it refers to its function
 * by a name: that of a method with `@JobHandler`.
 */
@Injectable()
export class Tasks {
  @JobHandler('tour.greet')
  greet(greeting: string, name: string): string {
    return `${greeting}, ${name}!`;
  }

  @JobHandler('tour.fail')
  fail(): void {
    throw new Error('This one fails on purpose.');
  }
}
