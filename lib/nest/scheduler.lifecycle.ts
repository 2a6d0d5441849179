import { Inject, Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { JobDeclaration } from '../engine/definition/job-definition.js';
import { Scheduler } from '../engine/scheduler.js';
import { JobExplorer } from './discovery/job.explorer.js';
import { BootReport } from './jobs/boot.report.js';
import { declaredJobs } from './jobs/declared-job.js';
import { looseModuleRef } from './jobs/loose-module-ref.js';
import { TimeoutJobs } from './jobs/timeout.jobs.js';
import type { SchedulerSettings } from './options/read-options.js';
import { SCHEDULER_SETTINGS } from './scheduler.constants.js';
import { SchedulerService } from './scheduler.service.js';

/** What happens to the scheduler when the application starts and ends. */
@Injectable()
export class SchedulerLifecycle {
  private readonly logger = new Logger('SchedulerModule');

  constructor(
    private readonly explorer: JobExplorer,
    private readonly timeouts: TimeoutJobs,
    private readonly scheduler: Scheduler,
    private readonly service: SchedulerService,
    private readonly report: BootReport,
    private readonly moduleRef: ModuleRef,
    @Inject(SCHEDULER_SETTINGS) private readonly settings: SchedulerSettings,
  ) {}

  /** Finds handlers, listeners and jobs. No I/O. */
  discover(): void {
    this.explorer.explore();
    this.timeouts.check();
  }

  /** Declares the jobs and starts. */
  async start(): Promise<void> {
    // Not earlier: by now the other providers have loaded what a `(ref) => value` may ask them for.
    const declarations = await declaredJobs(
      this.explorer.schedules,
      looseModuleRef(this.moduleRef),
    );
    this.scheduler.declare(declarations);
    if (!this.settings.autoStart) {
      this.logger.log(`Not started: autoStart is off. ${declarations.length} jobs are declared.`);
      return;
    }
    await this.startOrStop(declarations);
  }

  /** From now on nothing further begins; what has begun goes on. */
  stopClaiming(): void {
    this.scheduler.stopClaiming();
  }

  /** Waits for what is under way, up to `shutdownTimeout`, and lets go of everything. */
  async shutdown(): Promise<void> {
    if (this.scheduler.state !== 'stopped') {
      await this.scheduler.shutdown();
    }
  }

  private async startOrStop(declarations: readonly JobDeclaration[]): Promise<void> {
    try {
      await this.service.start();
      await this.report.write(declarations);
    } catch (error) {
      // Nest calls no shutdown hooks when the start of the application fails.
      await this.shutdown().catch((cause: unknown) => this.logger.error(cause));
      throw error;
    }
  }
}
