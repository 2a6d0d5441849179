import { Inject, Injectable, Logger } from '@nestjs/common';
import type { JobState } from '../../core/job.js';
import type { TriggerJson } from '../../core/trigger.js';
import type { SchedulerSettings } from '../options/read-options.js';
import { SCHEDULER_SETTINGS } from '../scheduler.constants.js';
import { describeTrigger } from './describe-trigger.js';

/** A job as it is stored when the scheduler starts. */
interface MappedJob {
  readonly id: string;
  readonly trigger: TriggerJson;
  readonly state: JobState;
  readonly nextFireAt: Date | number | null;
}

/** Writes one line for each declared job when the scheduler starts, in the manner of Nest's router. */
@Injectable()
export class BootReport {
  private readonly logger = new Logger('SchedulerModule');

  constructor(@Inject(SCHEDULER_SETTINGS) private readonly settings: SchedulerSettings) {}

  /** @param source the method, such as `ReportsService.daily` */
  write(source: string, { id, trigger, state, nextFireAt }: MappedJob): void {
    const isNamedBySource = id === source || id.startsWith(`${source}#`);
    const name = isNamedBySource ? id : `${source} as ${id}`;
    const words = describeTrigger(trigger, this.settings.triggers);
    const outlook = nextFireAt === null ? state : `next ${new Date(nextFireAt).toISOString()}`;
    this.logger.log(`Mapped {${name}} ${words}, ${outlook}`);
  }
}
