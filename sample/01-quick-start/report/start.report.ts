import { Injectable } from '@nestjs/common';
import type { Job } from 'nestjs-durable-scheduler';
import { SchedulerService } from 'nestjs-durable-scheduler';
import { clockTime, counted } from './words.js';

/** Says what an earlier start left behind. It reads the store, before the scheduler of this process starts. */
@Injectable()
export class StartReport {
  constructor(private readonly scheduler: SchedulerService) {}

  async print(): Promise<void> {
    const jobs = (await this.scheduler.getJobs({ limit: 1000 })).items;
    if (jobs.length === 0) {
      console.log('The database is new: there are no jobs yet.');
      return;
    }
    const runs = await this.scheduler.getRuns({ limit: 1000 });
    const last = runs.items[0];
    const more = runs.nextCursor === null ? '' : 'more than ';
    console.log(
      `Found ${counted(jobs.length, 'job')}, ${states(jobs)}, and ${more}${counted(runs.items.length, 'record')} of runs` +
        (last ? `, the last of ${clockTime(last.scheduledAt)}.` : '.'),
    );
    for (const { id } of jobs.filter(({ state }) => state === 'paused')) {
      console.log(`  ${id} is paused, and stays so.`);
    }
    const now = new Date();
    for (const job of jobs.filter(({ nextFireAt }) => nextFireAt !== null && nextFireAt < now)) {
      console.log(`  ${overdue(job)}`);
    }
  }
}

function states(jobs: readonly Job[]): string {
  const counts = new Map<string, number>();
  for (const { state } of jobs) {
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
}

function overdue({ id, name, nextFireAt, trigger, misfireGraceTime }: Job): string {
  const due = `was due at ${nextFireAt ? clockTime(nextFireAt) : '-'}`;
  if (trigger.type === 'date') {
    return `${name} (${id.slice(0, 16)}...) ${due}: it runs now.`;
  }
  const rule =
    misfireGraceTime === null
      ? 'one run makes up for what was missed'
      : `what is more than ${misfireGraceTime / 1000} s late is recorded as missed`;
  return `${id} ${due}: ${rule}.`;
}
