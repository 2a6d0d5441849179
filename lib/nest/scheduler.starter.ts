import { Injectable } from '@nestjs/common';
import { Scheduler } from '../engine/scheduler.js';
import { BootReport } from './jobs/boot.report.js';
import { TimeoutJobs } from './jobs/timeout.jobs.js';

/** Starts the scheduler, whoever asks for it. */
@Injectable()
export class SchedulerStarter {
  constructor(
    private readonly scheduler: Scheduler,
    private readonly timeouts: TimeoutJobs,
    private readonly report: BootReport,
  ) {}

  /** If it fails, nothing is left running. */
  async start(options?: { readonly paused?: boolean }): Promise<void> {
    await this.timeouts.prepare();
    await this.scheduler.start(options, ({ declaration, record }) =>
      this.report.write(declaration.source, record),
    );
    try {
      await this.timeouts.begin();
    } catch (error) {
      await this.scheduler.shutdown({ wait: false });
      throw error;
    }
  }
}
