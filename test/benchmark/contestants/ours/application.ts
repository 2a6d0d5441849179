import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { JobContext, JobStore } from '../../../../lib/index.js';
import { inProcess, JobHandler, SchedulerModule, SchedulerService } from '../../../../lib/index.js';

/** Handlers of the benchmarks cost nothing, so that more of them at once only means longer batches. */
const CONCURRENCY = 1000;

export interface Application {
  readonly app: INestApplicationContext;
  readonly scheduler: SchedulerService;
}

/** The application, whose scheduler has not started yet. */
export async function createApplication(
  store: JobStore,
  handle: (context: JobContext) => void,
): Promise<Application> {
  @Injectable()
  class Work {
    @JobHandler('work')
    work(context: JobContext): void {
      handle(context);
    }
  }

  @Module({
    imports: [
      SchedulerModule.forRoot({
        stores: { default: store },
        executors: { default: inProcess({ concurrency: CONCURRENCY }) },
        autoStart: false,
      }),
    ],
    providers: [Work],
  })
  class BenchmarkModule {}

  const app = await NestFactory.createApplicationContext(BenchmarkModule, {
    logger: ['warn', 'error', 'fatal'],
  });
  return { app, scheduler: app.get(SchedulerService) };
}
