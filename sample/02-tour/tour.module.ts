import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { JobStore } from 'nestjs-durable-scheduler';
import { inProcess, memoryStore, SchedulerModule } from 'nestjs-durable-scheduler';
import { Outcomes } from './outcomes.js';
import { Tasks } from './tasks.js';
import { Tour } from './tour.js';

@Module({})
export class TourModule {
  /**
   * Two stores and two executors by alias, and defaults for all jobs: APScheduler's
   * `BackgroundScheduler(jobstores=..., executors=..., job_defaults=..., timezone=utc)`.
   *
   * @param archive the second store
   */
  static with(archive: JobStore): DynamicModule {
    return {
      module: TourModule,
      imports: [
        SchedulerModule.forRoot({
          stores: { default: memoryStore(), archive },
          executors: {
            default: inProcess({ concurrency: 20 }),
            narrow: inProcess({ concurrency: 5 }),
          },
          jobDefaults: { coalesce: 'all', maxInstances: 3 },
          timezone: 'UTC',
        }),
      ],
      providers: [Tasks, Outcomes, Tour],
    };
  }
}
