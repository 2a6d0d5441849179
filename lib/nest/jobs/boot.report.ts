import { Injectable, Logger } from '@nestjs/common';
import type { JobDeclaration } from '../../engine/definition/job-definition.js';
import { Scheduler } from '../../engine/scheduler.js';
import type { Job } from '../../engine/view/job.js';
import { describeTrigger } from './describe-trigger.js';

/** Most that one page of a list can hold. */
const PAGE = 1000;

/** Writes one line for each declared job when the application has started, in the manner of Nest's router. */
@Injectable()
export class BootReport {
  private readonly logger = new Logger('SchedulerModule');

  constructor(private readonly scheduler: Scheduler) {}

  async write(declarations: readonly JobDeclaration[]): Promise<void> {
    const jobs = await this.storedJobs(declarations);
    for (const { definition, source } of declarations) {
      const job = jobs.get(keyOf(definition));
      if (job) {
        const name = job.id === source ? source : `${source}: ${job.id}`;
        this.logger.log(`Mapped {${name}} ${describeTrigger(job.trigger)}, ${outlook(job)}`);
      }
    }
  }

  private async storedJobs(declarations: readonly JobDeclaration[]): Promise<Map<string, Job>> {
    const found = new Map<string, Job>();
    for (const store of new Set(
      declarations.map(({ definition }) => definition.store ?? 'default'),
    )) {
      let cursor: string | undefined;
      do {
        const page = await this.scheduler.getJobs({ store, origin: 'code', limit: PAGE, cursor });
        page.items.forEach((job) => found.set(keyOf(job), job));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
    }
    return found;
  }
}

function outlook(job: Job): string {
  return job.nextFireAt ? `next ${job.nextFireAt.toISOString()}` : job.state;
}

function keyOf({
  id,
  store = 'default',
}: {
  readonly id: string;
  readonly store?: string;
}): string {
  return `${store}/${id}`;
}
