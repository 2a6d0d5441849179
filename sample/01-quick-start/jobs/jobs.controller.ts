import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Job, JobState } from 'nestjs-durable-scheduler';
import { JobLookupError, SchedulerService } from 'nestjs-durable-scheduler';
import type { JobList } from './job-list.js';
import { jobList } from './job-list.js';
import type { JobView, RunView } from './job.view.js';
import { viewJob, viewRun } from './job.view.js';

const UNFINISHED: readonly JobState[] = ['active', 'paused', 'parked'];

/** What the scheduler does, and the handles to change it. */
@Controller('jobs')
export class JobsController {
  constructor(private readonly scheduler: SchedulerService) {}

  /** Jobs that are not finished, or those of one state. */
  @Get()
  async list(@Query({ schema: jobList }) { state }: JobList): Promise<readonly JobView[]> {
    const { items } = await this.scheduler.getJobs({ state: state ?? UNFINISHED });
    return Promise.all(items.map((job) => this.withLastRun(job)));
  }

  @Get(':id')
  async get(@Param('id') id: string): Promise<JobView> {
    const job = await this.scheduler.getJob(id);
    if (!job) {
      throw new JobLookupError(id);
    }
    return this.withLastRun(job);
  }

  /** The newest runs of a job, and the instants that did not become runs. */
  @Get(':id/runs')
  async runs(@Param('id') jobId: string): Promise<readonly RunView[]> {
    const { items } = await this.scheduler.getRuns({ jobId, limit: 50 });
    return items.map(viewRun);
  }

  @Post(':id/pause')
  @HttpCode(200)
  async pause(@Param('id') id: string): Promise<JobView> {
    return this.withLastRun(await this.scheduler.pauseJob(id));
  }

  @Post(':id/resume')
  @HttpCode(200)
  async resume(@Param('id') id: string): Promise<JobView> {
    return this.withLastRun(await this.scheduler.resumeJob(id));
  }

  /** Asks for a run now, beside the schedule. It has not begun when the answer is sent. */
  @Post(':id/run')
  @HttpCode(202)
  async run(@Param('id') id: string): Promise<RunView> {
    return viewRun(await this.scheduler.runJob(id));
  }

  private async withLastRun(job: Job): Promise<JobView> {
    const { items } = await this.scheduler.getRuns({ jobId: job.id, limit: 1 });
    return viewJob(job, items[0]);
  }
}
