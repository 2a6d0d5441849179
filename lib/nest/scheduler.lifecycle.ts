import { Inject, Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Scheduler } from '../engine/scheduler.js';
import { onFurtherSignal } from './further-signal.js';
import { JobExplorer } from './discovery/job.explorer.js';
import { JobDeclarer } from './jobs/job.declarer.js';
import { looseModuleRef } from './jobs/loose-module-ref.js';
import { TimeoutJobs } from './jobs/timeout.jobs.js';
import type { SchedulerSettings } from './options/read-options.js';
import { SCHEDULER_SETTINGS } from './scheduler.constants.js';
import { SchedulerStarter } from './scheduler.starter.js';

/**
 * What happens to the scheduler when the application starts and ends. Modules that import the bare SchedulerModule
 * make further instances of it, and each of them calls: the first call counts.
 */
@Injectable()
export class SchedulerLifecycle {
  private readonly logger = new Logger('SchedulerModule');
  private isDiscovered = false;
  private starting: Promise<void> | null = null;

  constructor(
    private readonly explorer: JobExplorer,
    private readonly timeouts: TimeoutJobs,
    private readonly declarer: JobDeclarer,
    private readonly starter: SchedulerStarter,
    private readonly scheduler: Scheduler,
    private readonly moduleRef: ModuleRef,
    @Inject(SCHEDULER_SETTINGS) private readonly settings: SchedulerSettings,
  ) {}

  /** Finds handlers, listeners and jobs. No I/O. */
  discover(): void {
    if (!this.isDiscovered) {
      this.isDiscovered = true;
      this.explorer.explore();
      this.timeouts.check();
    }
  }

  /** Declares the jobs and starts. */
  async start(): Promise<void> {
    this.starting ??= this.startOnce();
    await this.starting;
  }

  /** From now on nothing further begins; what has begun goes on. */
  async rest(): Promise<void> {
    await this.scheduler.rest();
  }

  /**
   * Waits for what is under way, up to `shutdownTimeout`, and lets go of everything. A further signal ends the waiting.
   *
   * @param signal what told the process to end, if anything did
   */
  async shutdown(signal?: string): Promise<void> {
    const ignore = onFurtherSignal(() => {
      this.logger.warn('Told once more to end: running jobs are told to stop now.');
      void this.scheduler.shutdown({ wait: false });
    });
    if (signal === undefined) {
      ignore();
    }
    try {
      // Also when it never started: a store may have been opened to add a job.
      await this.scheduler.shutdown();
    } finally {
      ignore();
    }
  }

  private async startOnce(): Promise<void> {
    // Not earlier: by now the other providers have loaded what a `(ref) => value` may ask them for.
    const count = await this.declarer.declare(looseModuleRef(this.moduleRef));
    if (this.settings.autoStart) {
      await this.starter.start();
    } else {
      this.logger.log(`Not started, because autoStart is off; ${count} jobs are declared.`);
    }
  }
}
