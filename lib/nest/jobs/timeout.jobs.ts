import { Inject, Injectable } from '@nestjs/common';
import { readDuration } from '../../core/duration.js';
import type { JobDefinition } from '../../engine/definition/job-definition.js';
import { Scheduler } from '../../engine/scheduler.js';
import { memoryStore } from '../../stores/memory/index.js';
import { at } from '../../triggers/index.js';
import type { FoundTimeout } from '../discovery/found-job.js';
import { JobExplorer } from '../discovery/job.explorer.js';
import { InvalidDeclarationError } from '../errors/invalid-declaration.error.js';
import type { SchedulerSettings } from '../options/read-options.js';
import { SCHEDULER_SETTINGS } from '../scheduler.constants.js';
import { BootReport } from './boot.report.js';

/** Alias of the store that keeps the jobs of `@Timeout`, which are not to outlive the process. */
const TIMEOUTS = 'timeouts';

/** The jobs of `@Timeout`: each runs once, so long after the first start of the scheduler in this process. */
@Injectable()
export class TimeoutJobs {
  private isStoreAdded = false;
  private areAdded = false;

  constructor(
    private readonly explorer: JobExplorer,
    private readonly scheduler: Scheduler,
    private readonly report: BootReport,
    @Inject(SCHEDULER_SETTINGS) private readonly settings: SchedulerSettings,
  ) {}

  /** @throws InvalidDeclarationError when a delay makes no sense */
  check(): void {
    for (const { metadata, place } of this.explorer.timeouts) {
      if (typeof metadata.delay !== 'number' || typeof readDuration(metadata.delay) !== 'number') {
        throw new InvalidDeclarationError(place, 'Give a whole number of milliseconds, 0 or more.');
      }
    }
  }

  /** To be called before each start of the scheduler. */
  async prepare(): Promise<void> {
    const isNeeded = this.explorer.timeouts.length > 0 && !(TIMEOUTS in this.settings.stores);
    if (isNeeded && !this.isStoreAdded) {
      this.isStoreAdded = true;
      await this.scheduler.addStore(TIMEOUTS, memoryStore());
    }
  }

  /** To be called after each start of the scheduler; the first time counts. */
  async begin(): Promise<void> {
    const { timeouts } = this.explorer;
    if (this.areAdded || timeouts.length === 0) {
      return;
    }
    const now = this.settings.clock.now();
    const jobs = await this.scheduler.operations.addJobs(
      timeouts.map((timeout) => toDefinition(timeout, now)),
    );
    this.areAdded = true;
    jobs.forEach((job, index) => this.report.write(timeouts[index]?.source ?? job.id, job));
  }
}

function toDefinition({ defaultId, handler, metadata }: FoundTimeout, now: number): JobDefinition {
  return {
    id: defaultId,
    ...(metadata.name === undefined ? {} : { name: metadata.name }),
    handler,
    trigger: at(new Date(now + metadata.delay)),
    store: TIMEOUTS,
    replaceExisting: true,
  };
}
