import { Injectable } from '@nestjs/common';
import type { Job, Run } from 'nestjs-durable-scheduler';
import { SchedulerService, triggerFrom } from 'nestjs-durable-scheduler';
import { AccessLog } from '../access-log/access-log.js';
import { VisitsService } from '../visits/visits.service.js';
import { formatTable } from './table.js';
import { clockTime, preciseTime } from './words.js';

const RUNS = 12;

/** Prints the jobs and their last runs. */
@Injectable()
export class EndReport {
  constructor(
    private readonly scheduler: SchedulerService,
    private readonly visits: VisitsService,
    private readonly log: AccessLog,
  ) {}

  async print(): Promise<void> {
    const unfinished = await this.scheduler.getJobs({ state: ['active', 'paused', 'parked'] });
    const finished = await this.scheduler.getJobs({ state: 'finished', limit: 1000 });
    const runs = await this.scheduler.getRuns({ limit: RUNS });
    const { total } = await this.visits.counted();
    const lines = [
      '',
      'Jobs',
      ...formatTable(['id', 'state', 'runs', 'next', 'trigger'], unfinished.items.map(jobRow)),
      `  and ${finished.items.length} finished: reminders, and the welcome`,
      '',
      `The last ${runs.items.length} records of runs`,
      ...formatTable(
        ['planned for', 'job', 'state', 'started', 'took', 'outcome'],
        runs.items.map(runRow),
      ),
      '',
      `Visits: ${await this.log.count()} in the access log, ${total} of them counted; the next run counts the rest.`,
    ];
    console.log(lines.join('\n'));
  }
}

function jobRow(job: Job): string[] {
  return [
    job.id,
    job.state,
    String(job.fireCount),
    job.nextFireAt ? clockTime(job.nextFireAt) : '-',
    triggerFrom(job.trigger).toString(),
  ];
}

function runRow({ jobId, state, scheduledAt, startedAt, finishedAt, ...run }: Run): string[] {
  const took = startedAt && finishedAt ? `${finishedAt.getTime() - startedAt.getTime()} ms` : '-';
  const instants = run.count > 1 ? `${run.count} instants` : '';
  return [
    preciseTime(scheduledAt),
    jobId.slice(0, 16),
    state,
    startedAt ? preciseTime(startedAt) : '-',
    took,
    run.error?.message ?? (typeof run.result === 'string' ? run.result : instants),
  ];
}
