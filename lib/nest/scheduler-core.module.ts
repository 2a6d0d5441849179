import { Logger, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Scheduler } from '../engine/scheduler.js';
import { JobExplorer } from './discovery/job.explorer.js';
import { ProviderFinder } from './discovery/provider.finder.js';
import { RunLog } from './events/run.log.js';
import { SchedulerEvents } from './events/scheduler-events.js';
import { HandlerRegistry } from './handlers/handler.registry.js';
import { BootReport } from './jobs/boot.report.js';
import { JobDeclarer } from './jobs/job.declarer.js';
import { TimeoutJobs } from './jobs/timeout.jobs.js';
import type { SchedulerSettings } from './options/read-options.js';
import { readOptions } from './options/read-options.js';
import type { SchedulerModuleOptions } from './options/scheduler-module.options.js';
import { SCHEDULER_OPTIONS, SCHEDULER_SETTINGS } from './scheduler.constants.js';
import { SchedulerLifecycle } from './scheduler.lifecycle.js';
import { SchedulerStarter } from './scheduler.starter.js';
import { SchedulerService } from './scheduler.service.js';

function createScheduler(
  settings: SchedulerSettings,
  handlers: HandlerRegistry,
  events: SchedulerEvents,
): Scheduler {
  return new Scheduler({
    ...settings,
    handlers,
    logger: new Logger('Scheduler'),
    jobLogger: (jobId) => new Logger(jobId),
    emit: (event, isRemote) => events.emit(event, isRemote),
  });
}

/** All providers of the scheduler. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    {
      provide: SCHEDULER_SETTINGS,
      useFactory: (options: SchedulerModuleOptions) => readOptions(options, process.env),
      inject: [SCHEDULER_OPTIONS],
    },
    {
      provide: Scheduler,
      useFactory: createScheduler,
      inject: [SCHEDULER_SETTINGS, HandlerRegistry, SchedulerEvents],
    },
    SchedulerEvents,
    RunLog,
    HandlerRegistry,
    ProviderFinder,
    JobExplorer,
    TimeoutJobs,
    BootReport,
    JobDeclarer,
    SchedulerStarter,
    SchedulerLifecycle,
    SchedulerService,
  ],
  exports: [SchedulerService, SchedulerLifecycle],
})
export class SchedulerCoreModule {}
