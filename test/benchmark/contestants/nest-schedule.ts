import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Contestant, Terms } from './contestant.js';
import { peer } from './peer.js';

interface CronJob {
  start(): void;
}

interface NestSchedule {
  readonly ScheduleModule: { forRoot(): never };
  readonly SchedulerRegistry: new () => { addCronJob(name: string, job: CronJob): void };
}

interface Cron {
  readonly CronJob: new (time: string | Date, work: () => void) => CronJob;
}

/** Jobs of its registry, as its documentation adds them at run time. Nothing is kept. */
export async function openNestSchedule({ ran }: Terms): Promise<Contestant> {
  const { ScheduleModule, SchedulerRegistry } = await peer<NestSchedule>('@nestjs/schedule');
  const { CronJob } = await peer<Cron>('cron');

  @Module({ imports: [ScheduleModule.forRoot()] })
  class BenchmarkModule {}

  const app = await NestFactory.createApplicationContext(BenchmarkModule, { logger: false });
  const registry = app.get(SchedulerRegistry);
  let last = 0;
  const add = (time: string | Date, scheduledAt: number | null): void => {
    last += 1;
    const job = new CronJob(time, () => ran(scheduledAt));
    registry.addCronJob(`job-${last}`, job);
    job.start();
  };
  return {
    addMany: async (instants) => instants.forEach((date) => add(date, date.getTime())),
    addEverySecond: async (count) =>
      Array.from({ length: count }).forEach(() => add('* * * * * *', null)),
    start: async () => undefined,
    close: () => app.close(),
  };
}
