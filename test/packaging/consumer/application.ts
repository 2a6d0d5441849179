/* An application that uses what needs no optional peer. Compiled in projects with and without one. */
import { Injectable, Module } from '@nestjs/common';
import {
  Cron,
  cron,
  type Job,
  JobHandler,
  JobLookupError,
  memoryStore,
  type Run,
  SchedulerModule,
  SchedulerService,
} from 'nestjs-durable-scheduler';
import type { JobContext } from 'nestjs-durable-scheduler';
import { CronTrigger, triggerFrom } from 'nestjs-durable-scheduler/triggers';

@Injectable()
export class ReportsService {
  constructor(private readonly scheduler: SchedulerService) {}

  @Cron('30 5 * * mon-fri', { id: 'daily-report', timezone: 'Europe/Berlin' })
  async daily(context: JobContext): Promise<string> {
    return context.jobId;
  }

  @JobHandler('mail.send')
  async send(to: string, _subject: string, context: JobContext): Promise<string> {
    return `${to} ${context.runId}`;
  }

  async plan(): Promise<Date | null> {
    const job: Job = await this.scheduler.addJob({
      id: 'welcome:42',
      handler: 'mail.send',
      args: ['a@example.com', 'hi'],
      trigger: cron('0 9 * * *'),
    });
    const run: Run = await this.scheduler.runJob(job.id);
    if (run.state === 'failed') throw new JobLookupError(job.id);
    return job.nextFireAt;
  }
}

@Module({
  imports: [SchedulerModule.forRoot({ stores: { default: memoryStore() }, timezone: 'UTC' })],
  providers: [ReportsService],
})
export class AppModule {}

export const next: Date | null = triggerFrom(new CronTrigger({ hour: 5 }).toJSON())
  .bind({ now: new Date(0), timezone: 'UTC' })
  .next(new Date(0));
