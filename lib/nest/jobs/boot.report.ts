import { Injectable, Logger } from '@nestjs/common';
import type { ReconciledJob } from '../../engine/operations/declared-jobs.js';
import { describeTrigger } from './describe-trigger.js';

/** Writes one line for each declared job when the scheduler starts, in the manner of Nest's router. */
@Injectable()
export class BootReport {
  private readonly logger = new Logger('SchedulerModule');

  write({ declaration: { source }, record }: ReconciledJob): void {
    const { id, trigger, nextFireAt, state } = record;
    const name = id === source ? source : `${source} as ${id}`;
    const outlook = nextFireAt === null ? state : `next ${new Date(nextFireAt).toISOString()}`;
    this.logger.log(`Mapped {${name}} ${describeTrigger(trigger)}, ${outlook}`);
  }
}
